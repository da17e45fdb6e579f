"""What an operator sets of the place is looked at before anything starts."""

from pathlib import Path

import pytest

from coffeebot.cli.configuration import read_settings
from coffeebot.domain.errors import CannotStart


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ACCENT", "red", "ACCENT cannot be used: 'red' is no colour; write it as #rrggbb, such as #2A3EB1."),
        (
            "ACCENT",
            "#fff;}*{display:none",
            "ACCENT cannot be used: '#fff;}*{display:none' is no colour; write it as #rrggbb, such as #2A3EB1.",
        ),
        ("SITE_NAME", "Mori\nBean", "SITE_NAME cannot be used: it holds U+000A, which cannot be printed."),
        ("SITE_NAME", "x" * 41, "SITE_NAME cannot be used: it has 41 characters, 40 may be had."),
        ("WELCOME", "y" * 301, "WELCOME cannot be used: it has 301 characters, 300 may be had."),
        ("LOGO", "/nowhere/logo.svg", "LOGO cannot be used: /nowhere/logo.svg cannot be read (No such file or directory)."),
        ("LOGO", __file__, "LOGO cannot be used: it is neither SVG, PNG, WebP nor JPEG."),
    ],
)
def test_a_setting_that_cannot_be_printed_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart) as refused:
        read_settings()
    assert str(refused.value) == told


def test_what_can_be_printed_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    for name, value in (("SITE_NAME", "喫茶もり"), ("ACCENT", "#a3c"), ("WELCOME", "Come in."), ("LOGO", str(logo))):
        monkeypatch.setenv(name, value)
    settings = read_settings()
    assert (settings.site_name, settings.accent, settings.welcome, settings.logo) == ("喫茶もり", "#a3c", "Come in.", logo)
