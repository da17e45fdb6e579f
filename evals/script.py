"""A reply of known length for measuring how it travels: each token names itself, so that its arrival can be timed."""

import os

TOKENS = int(os.environ.get("SCRIPT_TOKENS", "720"))  # of five characters or so: about 3.6 kB
PER_SECOND = 40.0
_SENTENCE, _PARAGRAPH = 12, 60  # tokens


def token(number: int) -> str:
    """The n-th token with what follows it: sentences and paragraphs of a usual length."""
    if number % _PARAGRAPH == _PARAGRAPH - 1:
        return f"t{number:03d}.\n\n"
    return f"t{number:03d}. " if number % _SENTENCE == _SENTENCE - 1 else f"t{number:03d} "
