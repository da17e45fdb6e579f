"""Everything an operator can set, from the environment or a `.env` file; built at the entrances, never at import."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def default_home() -> Path:
    """/var/lib/coffeebot for root (its PostgreSQL runs as another user, who cannot enter /root), else the XDG data folder."""
    if os.geteuid() == 0:
        return Path("/var/lib/coffeebot")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "coffeebot"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    coffeebot_home: Path = Field(default_factory=default_home, description="The data folder: database, queue, logs")
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(3000, ge=1, le=65535, description="Port to listen on")
    public_url: str | None = Field(None, description="The address shoppers see, when a proxy stands in front")
    database_url: SecretStr | None = Field(None, description="PostgreSQL 15+ with pgvector 0.8; without it an embedded one")
    redis_url: SecretStr | None = Field(None, description="Redis or Valkey; without it an embedded Valkey")

    site_name: str = Field("Coffeebot", description="The name of the place")
    max_message_chars: int = Field(2000, ge=1, description="The longest message a shopper may send")
    house_words_per_second: float = Field(30, ge=0, description="How fast the house barista speaks; 0 is at once")
    exchange_rates: dict[str, Decimal] = Field(
        default_factory=lambda: {
            "USD": Decimal(1),
            "EUR": Decimal("1.16"),
            "GBP": Decimal("1.32"),
            "JPY": Decimal("0.0065"),
            "CAD": Decimal("0.71"),
            "AUD": Decimal("0.65"),
            "CHF": Decimal("1.25"),
            "KRW": Decimal("0.00069"),
            "CNY": Decimal("0.14"),
            "TWD": Decimal("0.032"),
            "HKD": Decimal("0.128"),
            "SGD": Decimal("0.77"),
            "MXN": Decimal("0.054"),
            "BRL": Decimal("0.187"),
            "INR": Decimal("0.0113"),
        },
        description="US dollars for one unit of each currency, as JSON; converted prices are shown with ≈",
    )
    exchange_rates_date: date = Field(date(2026, 11, 1), description="The day those rates are of")
    event_retention_days: int = Field(400, ge=1, description="How long shown/clicked/saved events are kept")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("public_url")
    @classmethod
    def _without_trailing_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value

    @property
    def address(self) -> str:
        """Where a shopper opens the page."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return self.public_url or f"http://{host}:{self.port}"
