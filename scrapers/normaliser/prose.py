"""Prose that can be read in good time, whatever a shop sends."""

import re

MOST_PROSE = 8_000  # characters of a description; after them come shipping terms
MOST_SENTENCE = 300
_RUN = re.compile(rf"[^.!?。]{{200,{MOST_SENTENCE}}}\s(?=\S)|[^.!?。]{{{MOST_SENTENCE}}}(?=[^.!?。])")


def readable(prose: str) -> str:
    """The prose with every sentence at most so long: some of the readers' patterns look back over a whole sentence."""
    return _RUN.sub(lambda run: f"{run[0].rstrip()}.\n", prose[:MOST_PROSE])
