"""Prices and budgets in a shopper's words: how much, in which currency, for how many grams."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from coffeebot.domain.folding import Folded, fold
from coffeebot.domain.money_words import (
    ABOUT,
    KANJI_NUMBER,
    MAX_AFTER,
    MAX_BEFORE,
    MIN_AFTER,
    MIN_BEFORE,
    NUMBER,
    SPELLED,
    currency_of,
    currency_pattern,
    kanji,
    number,
)
from coffeebot.domain.units import BAG, POUND, UNIT, unit_grams


@dataclass(frozen=True, slots=True)
class Budget:
    """What was said about a price: `least` and `most` are for `grams` grams in `currency`; `start` and `end` in the folded text."""

    least: Decimal | None
    most: Decimal | None
    currency: str
    grams: Decimal
    start: int
    end: int


class _Patterns(NamedTuple):
    amount: re.Pattern[str]
    second: re.Pattern[str]  # "-20" after "$15"
    per: re.Pattern[str]  # "per 100 g"
    bag: re.Pattern[str]  # "a bag"


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    spelled = "|".join(sorted(SPELLED, key=len, reverse=True))
    amount = (
        rf"{currency_pattern('before')}?\s?(?:{NUMBER.format('n')}|(?P<word>\b(?:{spelled})\b)|"
        rf"(?P<kanji>{KANJI_NUMBER}))(?:\s?-?{currency_pattern('after')})?"
    )
    second = (
        rf"\s?(?:-|–|to|and|~|〜|～|から|y|a|et|à|und|bis|e|到|至|"
        rf"에서)\s?{currency_pattern('before2')}?\s?{NUMBER.format('n2')}\s?{currency_pattern('after2')}?"
    )
    per = (
        r"\s?(?:/|per|a(?=\s(?:pound|lb|kilo|kg|bag|pop|ounce|oz|packet|pack|tin))|an?(?=\s\d)|for|on|each|the|les|la|el|il|lo|"
        r"o|por|pour|pro|je|al|por cada|cada|das|den|der|ein(?:e|en)?|un|une|una|um|uma|fur|で|每|一|매)?"
        r"\s?(?:(?:a|an|one|the|each|les|un|une|una|ein|eine|einen|der|le|la|el|cada|每|1(?!\d))\s?)?"
        rf"(?P<half>half (?:a )?|half-)?(?P<size>\d+(?:[.,]\d+)?)?\s?-?{UNIT.format('unit')}(?:\s?(?:bag|pack|packet|tin|box|"
        rf"sack|bolsa|paquet|packung|beutel|sacchetto|pacote|袋|包))?(?:\s?(?:あたり|当たり|につき|당))?"
    )
    bag = (
        r"\s?(?:/|per|a|for a|on a|each|the|por|le|la|pro|je|il|al|o)?\s?(?:bag|bags|pack|packet|tin|box|bolsa|paquete|paquet|"
        r"sachet|packung|beutel|sacchetto|pacote|一袋|1袋|袋|包|봉지)"
    )
    return _Patterns(re.compile(amount), re.compile(second), re.compile(per), re.compile(bag))


_COUNTED = re.compile(
    r"\s?(?:%|percent|years?|minutes?|mins?|seconds?|hours?|days?|weeks?|months?|people|cups?|masl|m\b|meters?|metres?|feet|"
    r"ft|°|degrees|c\b|f\b|points?|pts?|times?|coffees|options|bars?|ml|liters?|点|分(?!以)|杯|種類|つ|人|점|punkte|puntos|punti|"
    r"pontos|x\b|st\b|nd\b|rd\b|th\b)"
)
_WEIGHED = re.compile(r"\s?" + UNIT.format("unit"))
_BUDGET_WORD = re.compile(
    r"budget|spend|pay|price|cost|予算|値段|价格|预算|預算|예산|가격|presupuesto|precio|gastar|pagar|prix|depenser|preis|ausgeben|prezzo|"
    r"spendere|orcamento|preco"
)


def _ends(pattern: str, text: str, place: int) -> bool:
    return re.search(rf"(?:^|[^a-z])(?:{pattern})\s?(?:{ABOUT})?\s?(?:a |the |my )?$", text[max(0, place - 44) : place]) is not None


def find_budgets(text: str | Folded, *, currency: str = "USD", bare: bool = False) -> list[Budget]:
    """The budgets in a text. A plain price is an upper limit; a bag without a size is 12 oz.

    `currency` is meant when none is said; `bare` lets a number alone count (the answer to "how much?").
    """
    folded = fold(text) if isinstance(text, str) else text
    budgets, place = [], 0
    while match := _patterns().amount.search(folded.text, place):
        budget = _read(folded.text, match, currency, bare)
        place = max(match.end(), place + 1, budget.end if budget else 0)
        if budget:
            budgets.append(budget)
    return budgets


def _read(text: str, match: re.Match[str], currency: str, bare: bool) -> Budget | None:
    """The budget that begins with this amount; None when the number counts or weighs something else."""
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    if _inside_a_word(text, start, match):
        return None
    amount = _amount(text, match)
    if amount is None:
        return None
    limits = _limits(text, start, amount.end, amount.first)
    size = _size(text, start, amount.end, limits.end)
    anchored = limits.limited or size.said or (amount.second is not None and bare)
    if amount.code is None and not _believable(text, start, amount, limits, anchored or bare, size.said, bare, currency):
        return None
    least, most = (amount.first, amount.second) if amount.second is not None else (limits.least, limits.most)
    if least is None and most is None:
        most = amount.first
    return Budget(least, most, amount.code or currency, size.grams, limits.begin, max(limits.end, size.end, amount.end))


def _inside_a_word(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the digits belong to a name such as SL28 or No.7."""
    if not start or match["before"]:
        return False
    previous = text[start - 1]
    if re.search(r"\d(?:g|kg|ml)$", text[max(0, start - 3) : start]):
        return False
    return (previous.isascii() and previous.isalnum()) or previous in "#." or (previous == "-" and text[max(0, start - 2)].isalnum())


@dataclass(frozen=True, slots=True)
class _Amount:
    first: Decimal
    second: Decimal | None
    code: str | None
    end: int
    spelled: bool


def _amount(text: str, match: re.Match[str]) -> _Amount | None:
    """One amount or a span of two, with its currency; None when it is a weight."""
    first = _value(match)
    code, second, end = currency_of(match["before"], match["after"]), None, match.end()
    after = _patterns().second.match(text, end)
    if after and number(after["n2"], after["n2_thousand"]) > first and not _COUNTED.match(text, after.end()):
        other = currency_of(after["before2"], after["after2"])
        if code or other or not _WEIGHED.match(text, after.end()):
            second, end, code = number(after["n2"], after["n2_thousand"]), after.end(), code or other
    if code is None and second is None and (weighed := _WEIGHED.match(text, end)):
        if not (weighed["unit"].startswith("pound") and _ends(MAX_BEFORE, text, match.start())):
            return None
        code, end = "GBP", weighed.end()
    return _Amount(first, second, code, end, bool(match["word"]))


def _value(match: re.Match[str]) -> Decimal:
    if match["word"]:
        return Decimal(SPELLED[match["word"]])
    if match["kanji"]:
        return kanji(match["kanji"])
    return number(match["n"], match["n_thousand"])


def _believable(text: str, start: int, amount: _Amount, limits: "_Limits", anchored: bool, sized: bool, bare: bool, currency: str) -> bool:
    """Whether a number without a currency is money."""
    if _COUNTED.match(text, amount.end) or (amount.spelled and not bare):
        return False
    if amount.first > 1000 and currency in ("USD", "EUR", "GBP"):
        return False
    near = _budget_word_near(text, start, amount.end)
    return bare or near or (sized and (limits.limited or near)) or (anchored and limits.limited and _alone(text, limits.end))


def _budget_word_near(text: str, start: int, end: int) -> bool:
    """Whether the number stands near the word that makes it a budget."""
    return _BUDGET_WORD.search(text[max(0, start - 40) : end + 30]) is not None


def _alone(text: str, end: int) -> bool:
    """Whether nothing that could be counted follows."""
    return re.match(r"\s*(?:$|[.,;!?)、。，]|please|and\b|but\b|if\b|or\b|for\b|thanks|ish\b)", text[end:]) is not None


@dataclass(frozen=True, slots=True)
class _Limits:
    """`begin` and `end` are where the words of the limit begin and end, the amount included."""

    least: Decimal | None
    most: Decimal | None
    begin: int
    end: int

    @property
    def limited(self) -> bool:
        return self.least is not None or self.most is not None


def _limits(text: str, start: int, end: int, amount: Decimal) -> _Limits:
    least = most = None
    if _ends(MAX_BEFORE, text, start):
        most = amount
    elif _ends(MIN_BEFORE, text, start):
        least = amount
    tail = _per_tail(text, end)
    if least is not None and _TOO_MUCH.match(text, tail):
        least, most = None, amount
    after = _AFTER.match(text, tail)
    if after and least is None and most is None:
        most, least = (amount, None) if after["most"] else (None, amount)
    before = _BEFORE.search(text[max(0, start - 44) : start])
    begin = max(0, start - 44) + before.start(1) if before else start
    return _Limits(least, most, begin, after.end() if after else end)


_TOO_MUCH = re.compile(r"\s?(?:is|would be|feels|seems) (?:too|way too|more than|out of|over)")
_AFTER = re.compile(rf"\s?,?\s?(?:(?P<most>{MAX_AFTER})|(?P<least>{MIN_AFTER}))")
_BEFORE = re.compile(rf"(?:^|[^a-z])((?:{MAX_BEFORE}|{MIN_BEFORE}|between|entre|zwischen|tra|{ABOUT})\s?(?:{ABOUT})?\s?)$")


def _per_tail(text: str, end: int) -> int:
    """Where "per 100 g" or "a bag" after an amount ends."""
    match = _patterns().per.match(text, end) or _patterns().bag.match(text, end)
    return match.end() if match and match.end() > end else end


_SIZE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?-?" + UNIT.format("unit") + r"(?:\s?(?:bag|pack|tin|box|beutel|bolsa|paquet|packung|sacchetto|pacote|袋|包)s?)?"
)
_POUND_BAG = re.compile(r"\b(?:a|one|per) (?:pound|lb|kilo|kg)\b|\b(?:pound|kilo) bag\b")


@dataclass(frozen=True, slots=True)
class _Size:
    grams: Decimal
    said: bool
    end: int


def _size(text: str, start: int, end: int, limit_end: int) -> _Size:
    """The weight that the amount is for."""
    per = _patterns().per.match(text, end) or _patterns().per.match(text, limit_end)
    if per and (grams := _grams(per["size"], per["unit"], per["half"])) >= 20:
        return _Size(grams, True, per.end())
    bag = _patterns().bag.match(text, end)
    elsewhere = _size_elsewhere(text, start, end)
    return _Size(elsewhere or BAG, bool(bag or elsewhere), bag.end() if bag else end)


def _grams(size: str | None, unit: str, half: str | None) -> Decimal:
    return Decimal((size or "1").replace(",", ".")) * unit_grams(unit) / (2 if half else 1)


_NEAR = 80  # characters between a price and the size it is for


def _size_elsewhere(text: str, start: int, end: int) -> Decimal | None:
    """The bag's size when it is said apart from the price: "a 250g bag for under $20"."""
    near = max(0, start - _NEAR)
    for match in _SIZE.finditer(text, near, end + _NEAR):
        grams = _grams(match[1], match["unit"], None)
        if (match.end() <= start or match.start() >= end) and 20 <= grams <= 5000:
            return grams
    whole = _POUND_BAG.search(text, near, end + _NEAR)
    return (Decimal(1000) if "k" in whole[0] else POUND) if whole else None
