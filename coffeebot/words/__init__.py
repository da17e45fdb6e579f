"""Every word that the page prints, by key; a language is one table, and whoever is spoken to sets which."""

from contextvars import ContextVar

from coffeebot.words.en import EN
from coffeebot.words.ja import JA
from coffeebot.words.ja_errors import JA_ERRORS

LANGUAGES: dict[str, dict[str, str]] = {"en": EN, "ja": JA}
DEFAULT = "en"
ERRORS: dict[str, dict[str, str]] = {"ja": JA_ERRORS}  # by the English sentence that an error carries
speaking: ContextVar[str] = ContextVar("speaking", default=DEFAULT)  # the language of the shopper whom this task serves


def word(key: str, **values: object) -> str:
    """The text of `key` in the shopper's language, its places filled."""
    text = LANGUAGES[speaking.get()][key]
    return text.format(**values) if values else text


def term(kind: str, value: str) -> str:
    """What a `family`, `process` or `roast` is called; a value that has no word of its own stays as it is."""
    return LANGUAGES[speaking.get()].get(f"{kind}.{value}", value)


def listed(texts: list[str]) -> str:
    """Several things in one line."""
    return word("comma").join(texts)
