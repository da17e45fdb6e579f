"""An error's words for the shopper."""

from coffeebot.words import DEFAULT, ERRORS, LANGUAGES, speaking, word


def in_words(said: str, **values: object) -> str:
    """An error's English sentence in the shopper's language. What is in that language already stays as it is."""
    language = speaking.get()
    if language != DEFAULT and said not in LANGUAGES[language].values():
        said = ERRORS[language].get(said) or word("error")
    return said.format(**values) if values else said
