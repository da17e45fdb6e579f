"""A reply of known length for measuring how it travels: each token names itself, so that its arrival can be timed."""

import os
import re

TOKENS = int(os.environ.get("SCRIPT_TOKENS", "720"))  # of five characters or so: about 3.6 kB
PER_SECOND = 40.0
_SENTENCE, _PARAGRAPH = 12, 60  # tokens

_DIGITS, _LETTERS = "0123456789", "abcdefghij"
# An id may hold as much; in JSON the end of a line before a token is written with a letter.
_TOKEN = re.compile(rf"(?:(?<![\w-])|(?<=\\n))z([{_LETTERS}]{{3}})(?![\w-])")


def token(number: int) -> str:
    """The n-th token with what follows it: sentences and paragraphs of a usual length.

    In letters: a word with a number in it may be held back, because it may become a price.
    """
    name = "z" + f"{number:03d}".translate(str.maketrans(_DIGITS, _LETTERS))
    if number % _PARAGRAPH == _PARAGRAPH - 1:
        return f"{name}.\n\n"
    return f"{name}. " if number % _SENTENCE == _SENTENCE - 1 else f"{name} "


def numbers(text: str) -> list[int]:
    """The tokens in a text."""
    return [int(name.translate(str.maketrans(_LETTERS, _DIGITS))) for name in _TOKEN.findall(text)]
