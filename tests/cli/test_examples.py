"""What is written for operators agrees with the settings."""

import re
from pathlib import Path

from coffeebot.settings import Settings

ROOT = Path(__file__).parents[2]


def test_the_example_names_every_setting_and_no_other() -> None:
    named = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_the_example_with_everything_on_can_be_read(tmp_path: Path) -> None:
    example = tmp_path / ".env"
    example.write_text(re.sub(r"^#([A-Z_]+=)", r"\1", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    settings = Settings(_env_file=example)  # type: ignore[call-arg]
    assert settings.port == Settings.model_fields["port"].default
    assert settings.event_retention_days == Settings.model_fields["event_retention_days"].default
