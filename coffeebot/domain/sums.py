"""Sums of money in a barista's words, with the words that carry them: "which costs about $18 a bag", "2,000円です"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from coffeebot.domain.amounts import FIGURE, NO_WORD, SPELLED, SPELLED_FAR_EAST, WORD_END, value
from coffeebot.domain.carriers import NEAR, UNIT, carried, with_tail
from coffeebot.domain.currencies import AFTER, BEFORE, family
from coffeebot.domain.folding import fold
from coffeebot.domain.money import find_budgets

_NUMBER = rf"(?:(?<!\d[.,])(?<!\d){FIGURE}|{SPELLED})"
_BETWEEN = r"\s*(?:[-–—~〜～]|から|至|到|(?:to|or|and|bis|und|oder|y|o|ou|et|à|a|e){end})\s*".replace("{end}", WORD_END)
_SUM = (
    rf"(?:{BEFORE}\s?{_NUMBER}(?:\s?{AFTER})?|"
    rf"{NO_WORD}(?:{_NUMBER}{_BETWEEN})?(?:{_NUMBER}|{SPELLED_FAR_EAST})[\s(-]{{0,2}}{AFTER})"
)
_PRICE = re.compile(
    rf"{_SUM}(?:{_BETWEEN}{_SUM}|\s?(?:[-–—~〜～]|to{WORD_END})\s?{FIGURE}(?!\s?(?:{UNIT}|%|°)))?"
    rf"(?:[-\s]?ish{WORD_END}| or so{WORD_END}|\+)?",
    re.IGNORECASE,
)
_ONE = re.compile(_SUM, re.IGNORECASE)
_NUMERAL = re.compile(rf"{FIGURE}|{SPELLED}|{SPELLED_FAR_EAST}", re.IGNORECASE)
_WEIGHED = re.compile(r"\s+(?:of|bag|roaster|batch)|\s*\)?\s*\w*\s*bag", re.IGNORECASE)
_LIMIT_BEFORE = re.compile(
    r"(?:(?<![^\W\d_])(?:under|below|within|up to|at most|less than|(?:no|not) more than|max(?:imum)?(?: of)?|budget(?: of| is)?:?|"
    r"limit(?: of| is)?|cap of|over|above|beyond|past|your|unter|bis(?: zu)?|höchstens|maximal|moins de|jusqu['’]?[àa]|votre|ton|"
    r"menos de|hasta|máximo|tu|su|dein(?:e[nr]?)?|ihr(?:e[nrm]?)?|meno di|fino a|abaixo de|até)\s*"
    r"(?:(?:your|about|around|the|usual|own)\s+)*|[<≤]\s?|不超过|低于|最多|予算[はがの]?(?:約|およそ)?)\Z",
    re.IGNORECASE,
)
_LIMIT_AFTER = re.compile(
    r"\s?(?:(?:or (?:less|under|below|cheaper)|and under|max(?:imum)?|tops|at most|limit|budget|cap|ceiling|mark|you (?:named|said|"
    rf"mentioned|gave|set|wanted)|oder weniger|o menos|ou moins){WORD_END}|"
    r"以内|以下|まで|未満|の?ご?予算|という|の範囲|以内的|이하|까지|미만|이내)",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"{NO_WORD}(?:costs?|priced(?: at)?|price(?: is| of)?:?|(?:sells|retails) (?:for|at)|kostet|cuesta|coûte)\s+"
    rf"(?:(?:about|around|only|just|roughly) )?(?P<sum>{FIGURE})(?=[.,;!?)]|\s*\n|\s+(?:an?|per|each|and|but)\s|\Z)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A sum that the shopper named: `family` is its currency's sign, "" when none was said."""

    value: Decimal
    family: str


def stated(said: str) -> frozenset[Stated]:
    """The sums in a shopper's own words."""
    found = {each for match in _PRICE.finditer(said) for each in _values(match[0])}
    for budget in find_budgets(fold(said)):
        ends = [end for end in (budget.least, budget.most) if end is not None]
        found |= {Stated(end, "") for end in ends if not any(own.value == end for own in found)}
    return frozenset(found)


def sums(text: str, allowed: frozenset[Stated] = frozenset(), start: int = 0) -> Iterator[tuple[int, int]]:
    """Where the sums from `start` on stand, as (start, end), with the words that make no sense without them.

    A sum among `allowed` stays when it is a limit ("under $20").
    """
    for match in _PRICE.finditer(text):
        if match.end() > start and _is_money(text, match):
            end = with_tail(text, match.end())
            if not (_is_limit(text, match.start(), end) and all(_is_known(each, allowed) for each in _values(match[0]))):
                yield carried(text, match.start(), end)
    for match in _BARE.finditer(text, start):
        yield carried(text, match.start("sum"), match.end("sum"))


def _is_money(text: str, match: re.Match[str]) -> bool:
    """ "two pounds of beans" are a weight, "3 won" a result."""
    words = match[0].lower()
    if "pound" in words and "sterling" not in words and "£" not in words:
        return words.endswith("pounds") and not _WEIGHED.match(text, match.end())
    return not (words.endswith("won") and all(each.value < 100 for each in _values(words)))


def _is_limit(text: str, start: int, end: int) -> bool:
    return bool(_LIMIT_BEFORE.search(text[max(start - NEAR, 0) : start]) or _LIMIT_AFTER.match(text, end))


def _is_known(sum_: Stated, allowed: frozenset[Stated]) -> bool:
    return sum_ in allowed or Stated(sum_.value, "") in allowed


def _values(words: str) -> Iterator[Stated]:
    """The one or two sums of a price; the currency may be said once for both."""
    parts = [part[0] for part in _ONE.finditer(words)]
    for part in parts or [words]:
        for number in _NUMERAL.finditer(part if len(parts) > 1 else words):
            if (amount := value(number[0].strip().lower())) is not None:
                yield Stated(amount, family(part))
