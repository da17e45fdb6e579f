"""What a shop sells that is not one coffee: subscriptions, gift boxes, grinders, workshops."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

from coffeebot.domain.folding import fold
from coffeebot.domain.weights import weights
from coffeebot.domain.words import listed, table


class Refusal(StrEnum):
    """Why a product is no coffee for the catalogue. Listed from the surest sign on."""

    WHOLESALE_DUPLICATE = "wholesale_duplicate"  # the same coffee again, at another price
    SUBSCRIPTION = "subscription"
    DRIP_BAG = "drip_bag"
    INSTANT = "instant"
    GIFT = "gift"
    SAMPLER = "sampler"  # several coffees to try
    BUNDLE = "bundle"
    BULK = "bulk"
    EQUIPMENT = "equipment"
    NOT_COFFEE = "not_coffee"  # all else


BULK = Decimal(3000)  # grams in a title from which on it is no bag for a home
_BY_KIND_ALONE = (Refusal.EQUIPMENT, Refusal.NOT_COFFEE)  # their words occur in coffees' names too
_GIFT_NAMES = re.compile(r"\bgift\b(?! ?(?:box|set|pack|card|hamper|basket|bundle|voucher|certificate|wrap))")


def refusal(title: str, *, kind: str = "", vendor: str = "", tags: Iterable[str] = (), price: str | None = None) -> Refusal | None:
    """Why a product is refused; None for a coffee. `kind` is the shop's product type; `price` as it stands in the feed."""
    coffee = _is_coffee(title, kind)
    for code in Refusal:
        if _says(code, "kind", kind) or any(_says(code, "shelf", text, whole=True) for text in (vendor, *tags)):
            return code
        if _says(code, "title", title) and not (coffee and (code in _BY_KIND_ALONE or _only_named(code, title))):
            return code
    if max(weights(title), default=Decimal(0)) >= BULK:
        return Refusal.BULK
    return Refusal.NOT_COFFEE if _free(price) and not coffee else None


def _only_named(code: Refusal, title: str) -> bool:
    """Whether "gift" is no more than part of a coffee's name."""
    return code is Refusal.GIFT and _GIFT_NAMES.search(fold(title).text) is not None


def _is_coffee(title: str, kind: str) -> bool:
    return _says("a_coffee", "title", title) or _says("a_coffee", "kind", kind, whole=True)


def _says(code: str, place: str, text: str, *, whole: bool = False) -> bool:
    folded = _words(text)
    pattern = _pattern(code, place)
    return bool(folded and pattern and (pattern.fullmatch(folded) if whole else pattern.search(folded)))


@lru_cache(maxsize=64)  # each text is asked about every code
def _words(text: str) -> str:
    return " ".join(fold(text).text.replace("-", " ").split())


@lru_cache(maxsize=64)
def _pattern(code: str, place: str) -> re.Pattern[str] | None:
    words = sorted(map(_as_pattern, listed(table("wares")[code].get(place, ""))), key=len, reverse=True)
    return re.compile("|".join(words)) if words else None


def _as_pattern(word: str) -> str:
    """Roman words stand by themselves; in a script without spaces a word may stand anywhere."""
    folded = fold(word).text
    return rf"\b{re.escape(folded)}\b" if folded.isascii() else re.escape(folded)


def _free(price: str | None) -> bool:
    try:
        return price is not None and Decimal(price) == 0
    except InvalidOperation:
        return False
