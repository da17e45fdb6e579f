"""Everything an operator can set, from the environment or a `.env` file; built at the entrances, never at import."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from coffeebot.domain.identity import colour, picture_type, printable


def default_home() -> Path:
    """/var/lib/coffeebot for root (its PostgreSQL runs as another user, who cannot enter /root), else the XDG data folder."""
    if os.geteuid() == 0:
        return Path("/var/lib/coffeebot")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "coffeebot"


class TokenPrice(BaseModel):
    """US dollars for a million tokens: read, read from the cache, written to the cache, and written by the model."""

    input: Decimal = Field(ge=0)
    cached: Decimal = Field(ge=0)
    cache_write: Decimal = Field(ge=0)
    output: Decimal = Field(ge=0)

    @classmethod
    def of(cls, input_: str, cached: str, cache_write: str, output: str) -> "TokenPrice":
        return cls(input=Decimal(input_), cached=Decimal(cached), cache_write=Decimal(cache_write), output=Decimal(output))


TOKEN_PRICES = {
    "claude-sonnet-5-5": TokenPrice.of("2", "0.10", "2.50", "10"),
    "claude-haiku-5-5": TokenPrice.of("0.10", "0.01", "0.125", "0.50"),
    "gpt-6.1-sol": TokenPrice.of("2", "0.10", "2.50", "10"),
    "gpt-6.1-terra": TokenPrice.of("1", "0.05", "1.25", "5"),
    "gpt-6-luna": TokenPrice.of("0.10", "0.01", "0.125", "0.50"),
}  # as of token_prices_version


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    coffeebot_home: Path = Field(default_factory=default_home, description="The data folder: database, queue, logs")
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(3000, ge=1, le=65535, description="Port to listen on")
    public_url: str | None = Field(None, description="The address shoppers see, when a proxy stands in front")
    database_url: SecretStr | None = Field(None, description="PostgreSQL 15+ with pgvector 0.8; without it an embedded one")
    redis_url: SecretStr | None = Field(None, description="Redis or Valkey; without it an embedded Valkey")

    site_name: str = Field("Coffeebot", description="The name of the place, at most 40 characters")
    welcome: str = Field("", description="What the empty page says under its question, at most 300 characters; our own words without it")
    welcome_ja: str = Field("", description="... to those who read Japanese; WELCOME without it")
    accent: str = Field("", description="The colour of the shopper's pen, as #rrggbb; made lighter or darker where it could not be read")
    logo: Path | None = Field(None, description="A picture in place of our logo: SVG, PNG, WebP or JPEG, at most 200 kB")
    max_message_chars: int = Field(2000, ge=1, description="The longest message a shopper may send")
    house_words_per_second: float = Field(30, ge=0, description="How fast the house barista speaks; 0 is at once")
    anthropic_api_key: SecretStr | None = Field(None, description="With it Claude speaks as the barista")
    anthropic_base_url: str | None = Field(None, description="Another address that speaks the Messages API: a gateway, a proxy")
    anthropic_model: str = Field("claude-sonnet-5-5", description="The model that speaks")
    anthropic_cheap_model: str = Field("claude-haiku-5-5", description="Reads profiles, and speaks when the budget is short")
    openai_api_key: SecretStr | None = Field(None, description="With it a model of OpenAI, or of OPENAI_BASE_URL, speaks as the barista")
    openai_base_url: str | None = Field(None, description="Anything that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp")
    openai_api: Literal["auto", "responses", "chat"] = Field(
        "auto", description="auto: Responses at OpenAI itself, chat completions at OPENAI_BASE_URL"
    )
    openai_model: str = Field("gpt-6.1-terra", description="The model that speaks")
    openai_cheap_model: str | None = Field(
        None, description="Reads profiles, and speaks when the budget is short; gpt-6-luna, at OPENAI_BASE_URL the model that speaks"
    )
    providers: list[Literal["anthropic", "openai"]] = Field(
        ["anthropic", "openai"], description="Who is asked first, as JSON; those without a key are passed over, the house comes last"
    )
    connect_seconds: float = Field(5, gt=0, description="How long a provider may take to accept a connection")
    first_word_seconds: float = Field(12, gt=0, description="... to say the first word")
    next_word_seconds: float = Field(20, gt=0, description="... between two words")
    reply_seconds: float = Field(90, gt=0, description="... for the whole reply")
    reply_tokens: int = Field(900, ge=50, description="The longest reply of a model, in tokens")
    history_tokens: int = Field(2500, ge=0, description="How much of what was said before a model reads again, in tokens")
    refine_profile: bool = Field(True, description="Whether the cheap model reads the taste profile beside the reply")
    token_prices: dict[str, TokenPrice] = Field(
        default_factory=dict,
        validate_default=True,
        description="US dollars for a million tokens, by model, as JSON, over a list of our own; a model in neither costs nothing",
    )
    token_prices_version: str = Field("2026-11", description="Which price list that is; kept with every call")
    budget_day: Decimal | None = Field(Decimal(10), ge=0, description="US dollars that models may cost in a day (UTC); none is no limit")
    budget_shopper: Decimal | None = Field(Decimal("0.50"), ge=0, description="... for one shopper in a day")
    budget_conversation: Decimal | None = Field(Decimal("0.25"), ge=0, description="... for one conversation")
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
    scrape_contact: str = Field(
        "",
        description="An address or URL where a shop's owner reaches you, sent along; without it no shop is read by the clock",
        max_length=200,
    )
    scrape_hours: Decimal = Field(
        Decimal(24), gt=0, le=8760, description="How often a shop is read that has no interval of its own, in hours"
    )
    scrape_price_limit: Decimal = Field(
        Decimal("0.4"), ge=0, le=10, description="The part by which a price may move without a curator: 0.4 is 40% up or down"
    )
    scrape_keep_days: int = Field(90, ge=1, description="How long it is kept what shops said, and how reading them went")
    scrape_loopback: bool = Field(False, description="Whether shops on this machine itself may be read: for trying it out")
    event_retention_days: int = Field(400, ge=1, description="How long shown/clicked/saved events are kept")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("public_url")
    @classmethod
    def _without_trailing_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value

    @field_validator("scrape_contact")
    @classmethod
    def _fits_a_header(cls, value: str) -> str:
        """It becomes part of the User-Agent."""
        if not value.isascii() or not value.isprintable() or set(value) & set("()\\"):
            raise ValueError("it may hold printable ASCII characters but no brackets: an address such as you@example.org, or a URL")
        return value.strip()

    @field_validator("site_name", "welcome", "welcome_ja")
    @classmethod
    def _can_be_printed(cls, value: str, info: ValidationInfo) -> str:
        return printable(value, most=40 if info.field_name == "site_name" else 300, needed=info.field_name == "site_name")

    @field_validator("accent")
    @classmethod
    def _is_a_colour(cls, value: str) -> str:
        return colour(value)

    @field_validator("logo")
    @classmethod
    def _is_a_picture(cls, value: Path | None) -> Path | None:
        if value is not None:
            try:
                picture_type(value.read_bytes())
            except OSError as error:
                raise ValueError(f"{value} cannot be read ({error.strerror})") from None
        return value

    @field_validator("token_prices")
    @classmethod
    def _over_our_own(cls, value: dict[str, TokenPrice]) -> dict[str, TokenPrice]:
        """A price that an operator adds must not make the other models free."""
        return {**TOKEN_PRICES, **value}

    @field_validator("budget_day", "budget_shopper", "budget_conversation", mode="before")
    @classmethod
    def _none_is_no_limit(cls, value: object) -> object:
        return None if isinstance(value, str) and value.strip().lower() == "none" else value

    @property
    def address(self) -> str:
        """Where a shopper opens the page."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)
        return self.public_url or f"http://{host}:{self.port}"
