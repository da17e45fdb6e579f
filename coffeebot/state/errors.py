"""An error's words for the shopper."""

from coffeebot.words import DEFAULT, LANGUAGES, speaking


def in_words(code: str, said: str) -> str:
    """`said` in English, which each error says best itself; in another language the words of its code."""
    words = LANGUAGES[speaking.get()]
    if speaking.get() == DEFAULT or said in words.values():  # the page's own words
        return said
    return words.get(f"error.{code}", words["error.error"])
