"""What an operator may call a place and show of it: what they set is printed on every page, so it is looked at once, at the start."""

import re
import unicodedata

LARGEST = 200_000  # bytes of a logo
COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
PICTURES = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"RIFF", "image/webp"))
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # control, format (such as the marks that turn text round), private, line ends


def printable(text: str, *, most: int, needed: bool = False) -> str:
    """One line that shows as it is written; ValueError says what is in the way."""
    text = text.strip()
    if needed and not text:
        raise ValueError("it is empty")
    if len(text) > most:
        raise ValueError(f"it has {len(text)} characters, {most} may be had")
    for character in text:
        if unicodedata.category(character) in _UNSEEN or character in "⟦⟧":
            raise ValueError(f"it holds U+{ord(character):04X}, which cannot be printed")
    return text


def colour(text: str) -> str:
    """#rgb or #rrggbb, or ""; ValueError for anything else."""
    if text and not COLOUR.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no colour; write it as #rrggbb, such as #2A3EB1")
    return text


def picture_type(content: bytes) -> str:
    """The media type of a logo, by what it holds; ValueError when it is too large or of another kind."""
    if len(content) > LARGEST:
        raise ValueError(f"it is larger than {LARGEST // 1000} kB")
    for beginning, kind in PICTURES:
        if content.startswith(beginning) and (kind != "image/webp" or content[8:12] == b"WEBP"):
            return kind
    if re.match(rb"\s*(<\?xml[^>]*>\s*|<!--.*?-->\s*)*<svg[\s>]", content, re.DOTALL):
        return "image/svg+xml"
    raise ValueError("it is neither SVG, PNG, WebP nor JPEG")
