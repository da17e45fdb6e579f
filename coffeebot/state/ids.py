"""Ids as they arrive over the socket: any type, any length."""

from uuid import UUID

from coffeebot.domain.errors import NotFound
from coffeebot.words import word

UUID_CHARS = 36


def known(sent: object, missing: str) -> UUID:
    """The id that was sent; NotFound in the words of the key `missing` for anything else."""
    if not isinstance(sent, str) or len(sent) > UUID_CHARS:
        raise NotFound(word(missing))
    try:
        return UUID(sent)
    except ValueError:
        raise NotFound(word(missing)) from None


def field(form: object, name: str) -> str:
    """A field of a form, "" when it is missing or no text."""
    value = form.get(name) if isinstance(form, dict) else None
    return value if isinstance(value, str) else ""
