"""Ids as they arrive over the socket: any type, any length."""

from uuid import UUID

from coffeebot.domain.errors import NotFound
from coffeebot.words import word

UUID_CHARS = 36


def read(sent: object) -> UUID | None:
    """The id that was sent; None for anything else."""
    if not isinstance(sent, str) or len(sent) > UUID_CHARS:
        return None
    try:
        return UUID(sent)
    except ValueError:
        return None


def known(sent: object, missing: str) -> UUID:
    """The id that was sent; NotFound in the words of the key `missing` for anything else."""
    if (found := read(sent)) is None:
        raise NotFound(word(missing))
    return found


def field(form: object, name: str) -> str:
    """A field of a form, "" when it is missing or no text."""
    value = form.get(name) if isinstance(form, dict) else None
    return value if isinstance(value, str) else ""
