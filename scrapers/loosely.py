"""Values out of JSON that nobody promised: whatever was sent, what comes out has the type that was asked for."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

MOST_PRICE = Decimal(10**8)


def text(value: Any) -> str:
    """A text or number as text, of anything else nothing. Halves of characters and NULs, which no file or table takes, go."""
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _whole(value)
    return str(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else ""


def _whole(words: str) -> str:
    return words.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> Iterator[dict[str, Any]]:
    """The objects of a list; of one object itself."""
    yield from (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))


def texts(value: Any) -> tuple[str, ...]:
    """A list's texts, or those between the commas of one text."""
    items = value if isinstance(value, list) else text(value).split(",")
    return tuple(stripped for item in items if (stripped := text(item).strip()))


def price(value: Any) -> Decimal | None:
    """An amount above zero that somebody could ask for coffee; None for all else."""
    try:
        amount = Decimal(text(value).strip().replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < MOST_PRICE else None


def first_image(value: Any) -> str | None:
    """The address of the first picture that has one, in a list of {src}."""
    return next((src for image in mappings(value) if (src := text(image.get("src")))), None)
