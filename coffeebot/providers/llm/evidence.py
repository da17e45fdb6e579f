"""A shopper's words, compared without what a model may change when it copies them."""

import unicodedata

_MARKS = frozenset("<>‹›[]`'’‘\"“”…")


class Words:
    """`text` is the source without case, width, spaces, quotation marks and what nobody sees."""

    def __init__(self, source: str) -> None:
        self._source = source
        folded = [(ch, n) for n, character in enumerate(source) for ch in unicodedata.normalize("NFKD", character.casefold())]
        kept = [(ch, n) for ch, n in folded if unicodedata.category(ch)[0] not in "CZ" and ch not in _MARKS]
        self.text = "".join(ch for ch, _ in kept)
        self._places = [n for _, n in kept]

    def quote(self, words: str) -> str:
        """The piece of the source that these words are; "" when it has none such, or when they are too few to be evidence."""
        wanted = Words(words).text
        start = self.text.find(wanted)
        if start < 0 or len(wanted) < (2 if wanted.isascii() else 1):
            return ""
        return self._source[self._places[start] : self._places[start + len(wanted) - 1] + 1]


def within(words: str, other: str) -> bool:
    """Whether words are a piece of other words."""
    return Words(words).text in Words(other).text
