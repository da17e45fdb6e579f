"""The cupping score that a shopper asks for: "95+ points", "rated 94 or better", "スコア90以上"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from coffeebot.domain.folding import Folded, fold


@dataclass(frozen=True, slots=True)
class Score:
    """At least `least` or at most `most` points of 100; `start` and `end` are offsets into the folded text."""

    least: Decimal | None
    most: Decimal | None
    start: int
    end: int


_NUMBER = r"(?:a )?(?P<n>(?:[6-9]\d|100)(?:[.,]\d{1,2})?)"
_AT_LEAST = (
    r"(?:at least|minimum(?: of)?|min\.?|over|above|(?<!no )(?<!not )more than|better than|higher than|no less than|not below|"
    r"mindestens|al menos|"
    r"mas de|au moins|plus de|almeno|pelo menos|>=?|≥)?\s?"
)
_OR_MORE = r"(?:\s?(?:(?:or|and) (?:more|better|higher|above|up|over)|\+|以上|이상|o mas|ou plus|oder mehr|y mas|o piu))?"
_POINTS = r"(?:points?|pts?\.?|pointer|punkte|puntos|punti|pontos|score)\b"
_RATED = (
    r"(?:rated|rating|scor(?:es?|ed|ing)|review(?:ed)?|sca|cup(?:ping)? score|cupped|punteggio|puntaje|bewertung|"
    r"スコア|評価|评分|評分|점수)"
    r"\s?(?:of|is|at|:|from|de|von|di|in the)?\s?"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_AT_LEAST}{_NUMBER}\s?(?:\+|plus)?\s?-?{_POINTS}{_OR_MORE}",
        rf"{_RATED}{_AT_LEAST}{_NUMBER}(?![\d$€])\s?(?:\+|plus\b|s\b)?(?:\s?points?|点)?{_OR_MORE}",
        rf"(?<![\d$€£¥.,]){_NUMBER}\+(?!\s?(?:\$|usd|dollars|bucks|€|eur|円|yen|g\b|grams?))",
        rf"{_NUMBER}\s?(?:点|分|점){_OR_MORE}",
    )
)
_AT_MOST = re.compile(r"(?:under|below|less than|at most|no more than)\s?$")


def find_score(text: str | Folded) -> Score | None:
    """The score that a text asks for; a plain one is a lower limit."""
    folded = fold(text) if isinstance(text, str) else text
    for pattern in _PATTERNS:
        if match := pattern.search(folded.text):
            value = Decimal(match["n"].replace(",", "."))
            if _AT_MOST.search(folded.text[max(0, match.start() - 16) : match.start()]):
                return Score(None, value, match.start(), match.end())
            return Score(value, None, match.start(), match.end())
    return None
