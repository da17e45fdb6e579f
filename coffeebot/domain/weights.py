"""Net weights as shops write them: "12 oz.", "140g×25個", "10oz Case Pack (6)", "half a pound"."""

import re
from collections.abc import Iterator
from decimal import Decimal

from coffeebot.domain.folding import fold

OUNCE, POUND = Decimal("28.3495"), Decimal("453.592")
LEAST, MOST = Decimal(5), Decimal(100_000)  # grams that somebody could mean

_UNITS = (
    (Decimal(1000), r"kilograms?|kilogramm|kilogramos?|kilogrammes?|kilos?|kgs?|キログラム|キロ|公斤|千克|킬로그램|킬로"),
    (Decimal(1), r"grams?|gramm|gramos?|grammes?|grammi|gramas?|gms?|grs?|gr|g|グラム|克|그램"),
    (OUNCE, r"ounces?|onces?|onzas?|ozs?|オンス|盎司|온스"),
    (POUND, r"pounds?|lbs?|libras?|livres?|#(?=\s|$)|ポンド|磅|파운드"),
    (Decimal(500), r"pfund"),
)
_UNIT = "|".join(words for _, words in _UNITS)
_FRACTIONS = {"1/2": "0.5", "half": "0.5", "a half": "0.5", "half a": "0.5", "quarter": "0.25", "1/4": "0.25", "3/4": "0.75", "半": "0.5"}
_SPELLED = {"one": "1", "a": "1", "two": "2", "three": "3", "five": "5", "ten": "10", "twelve": "12"}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+|\d+"
_WEIGHT = re.compile(
    rf"(?<![\w.,])(?<!\d/)(?P<number>half a|a half|half|quarter|半|1/2|1/4|3/4|{'|'.join(_SPELLED)}|{_NUMBER})"
    rf"\s?-?\s?(?P<unit>{_UNIT})(?![a-z])\.?"
)
_TIMES = r"\s?(?:[x*×✕]|個入)\s?"
_COUNT_AFTER = re.compile(
    rf"(?:\s?(?:stick|スティック|bags?|packs?|袋|pouches|packets?|bottles?))?{_TIMES}(?P<times>\d{{1,3}})(?!\d|\s?(?:{_UNIT})(?![a-z]))"
    r"|[\s(]{1,3}(?P<packs>\d{1,2})[ -]?(?:packs?|pk|ct|bags)\b|\s?(?P<set>\d{1,2})(?:個|袋|パック)"
    r"|[^.;\d]{0,16}\b(?:case(?: pack)?|pack|box|set)(?: of)? ?\(?(?P<pack>\d{1,3})\)?(?!\s?\w)"
)
_COUNT_BEFORE = re.compile(
    rf"(?<![\d.,/])(?P<times>\d{{1,3}})(?:{_TIMES}|\s)$|\b(?:pack|box|case|set) of (?P<pack>\d{{1,3}})[\s:,x×/(-]*$|"
    r"(?<![\d.,/])(?P<packs>\d{1,2})[ -](?:pack|(?:bags|packs|tins|boxes|pouches) of)[\s:,x×/(-]*$",
    re.IGNORECASE,
)
_BARE = re.compile(r"^\s*(?P<number>\d{2,3}|1000)\s*(?:$|[/|,\-–]\s*[a-z])")


def weights(text: str) -> Iterator[Decimal]:
    """Every net weight that a text states, in grams, a multi-pack as its sum."""
    folded = _unfractioned(fold(text).text)
    for found in _WEIGHT.finditer(folded):
        grams = _number(found["number"]) * _grams(found["unit"]) * _times(folded, found)
        if LEAST <= grams <= MOST:
            yield grams


def weight_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where a text states net weights, as (start, end)."""
    folded = fold(text)
    for found in _WEIGHT.finditer(_unfractioned(folded.text)):
        yield folded.span(found.start(), found.end())


def _unfractioned(folded: str) -> str:
    """ "¾" folds to digits around a fraction slash."""
    return folded.replace("\u2044", "/")


def weight(text: str) -> Decimal | None:
    """The one net weight that a text states, in grams; None where it states none, or several ("100g/200g").

    The same weight in two units ("12 oz / 340 g") is one, and so is a pack and its parts ("20g (4g × 5)"). A size without a
    unit counts where it stands alone or before a grind ("200 / Whole Beans").
    """
    found = list(weights(text))
    if not found:
        bare = _BARE.match(fold(text).text)
        return Decimal(bare["number"]) if bare and int(bare["number"]) >= 50 else None
    return found[0] if all(abs(other - found[0]) <= found[0] / 50 for other in found) else None


def _number(text: str) -> Decimal:
    if text in _FRACTIONS or text in _SPELLED:
        return Decimal(_FRACTIONS.get(text) or _SPELLED[text])
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return Decimal(text.replace(",", ""))
    return Decimal(text.replace(",", "."))


def _grams(unit: str) -> Decimal:
    return next(grams for grams, words in _UNITS if re.fullmatch(words, unit))


def _times(folded: str, found: re.Match[str]) -> int:
    """How many of these there are."""
    after = _COUNT_AFTER.match(folded, found.end())
    if after:
        return max(1, int(next(filter(None, after.groups()))))
    before = _COUNT_BEFORE.search(folded[: found.start()])
    return max(1, int(next(filter(None, before.groups())))) if before else 1
