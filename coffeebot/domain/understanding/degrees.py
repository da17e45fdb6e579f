"""Finds the superlative or comparative in a message: which of its wishes it is about, and in which words."""

import re
from collections.abc import Sequence

from coffeebot.domain.degree import Degree
from coffeebot.domain.folding import Folded, plain
from coffeebot.domain.taste import Facet, Polarity, Trait

_DEGREE = re.compile(r"\b(?P<most>(?:most|least) [a-z-]+|[a-z]{3,}est)\b|\b(?P<more>(?:more|less) [a-z-]+|[a-z]{3,}er)\b")
_MOST = re.compile(r"一番|いちばん|最も|もっとも|最[高大小]限?に")
_MORE = re.compile(r"もっと|もう少し|もうちょっと|もう一段|さらに")
_GRADED = (Facet.BODY, Facet.ACIDITY, Facet.SWEETNESS, Facet.NOVELTY, Facet.FLAVOUR, Facet.PROCESS)
_OF_THE_SHELF = re.compile(
    r"\b(?:you|youve|ya|u) (?:have|got|stock|carry|sell|offer|do|keep)\b|\byou(?:ve)? got\b|\byour (?:coffees?|beans?|shelf|range|"
    r"selection|most|least|\w+est)\b|\b(?:on|in) (?:the|your|this) (?:shelf|house|shop|store|catalogue|range|place)\b|\bof all\b|"
    r"お店|この店|こちらの店|棚|在庫|取り扱い|全部の中|全体で|置いてある"
)


def degree_of(folded: Folded, added: Sequence[Trait]) -> Degree | None:
    """The first superlative or comparative that one of the new wishes was read from; None when there is none."""
    graded = [t for t in added if t.facet in _GRADED and t.polarity is not Polarity.AVOID]
    for match in _DEGREE.finditer(folded.text):
        for trait in graded:
            said = plain(trait.evidence)
            if said in match[0] or match[0].split()[-1] in said.split():
                return Degree(trait, match[0], match["most"] is not None)
    if graded and (most := bool(_MOST.search(folded.text))) | bool(_MORE.search(folded.text)):
        return Degree(graded[0], "", most)
    return None


def is_of_the_shelf(text: str) -> bool:
    """Whether a superlative is about all there is: "the boldest you have", and not about what was just offered."""
    return bool(_OF_THE_SHELF.search(text)) and bool(_MOST.search(text) or any(m["most"] for m in _DEGREE.finditer(text)))
