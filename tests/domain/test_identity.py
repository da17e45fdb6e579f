"""What an operator may call a place, and what is refused at the start."""

import pytest

from coffeebot.domain.identity import LARGEST, colour, picture_type, printable


@pytest.mark.parametrize("text", ["Kissa Mori", "喫茶もり", 'Café <Bean> & "Sons"', "  Mori  ", "☕ Mori"])
def test_a_name_is_any_line_that_can_be_printed(text: str) -> None:
    assert printable(text, most=40, needed=True) == text.strip()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("x" * 41, "41 characters"),
        ("Mori\nSet-Cookie: a=b", "U\\+000A"),
        ("Mori\x00", "U\\+0000"),
        ("Mori\u202egnp.exe", "U\\+202E"),
        ("Mo\u200bri", "U\\+200B"),
        ("⟦title⟧", "U\\+27E6"),
    ],
)
def test_a_name_that_hides_something_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        printable(text, most=40, needed=True)


@pytest.mark.parametrize("text", ["", "#abc", "#2A3EB1"])
def test_colours(text: str) -> None:
    assert colour(text) == text


@pytest.mark.parametrize("text", ["red", "#12", "#1234", "#2A3EB1; background: url(//x)", "#2A3EB1}", "</style>", "rgb(0 0 0)", "#２３４"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write it as #rrggbb"):
        colour(text)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg viewBox='0 0 1 1'/>", "image/svg+xml"),
    ],
)
def test_a_picture_is_known_by_what_it_holds(content: bytes, kind: str) -> None:
    assert picture_type(content) == kind


@pytest.mark.parametrize("content", [b"", b"<html><svg></svg></html>", b"RIFF\x00\x00\x00\x00AVI ", b"GIF89a", b"<svg>" + b" " * LARGEST])
def test_what_is_no_small_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="it is"):
        picture_type(content)
