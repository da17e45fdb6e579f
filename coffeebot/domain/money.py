"""Prices and budgets in a shopper's words: how much, in which currency, for how many grams."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from coffeebot.domain.folding import Folded, fold
from coffeebot.domain.words import listed, table

OUNCE = Decimal("28.35")
POUND = Decimal("453.6")
BAG = 12 * OUNCE  # a bag without a size

_CURRENCIES: dict[str, str] = {
    "USD": r"us ?\$|usd|u\.s\. dollars?|us dollars?|dollars?|dolares|dolar|dollari|bucks?|\$|ドル|美元|美金|달러|刀",
    "EUR": r"€|euros?|eur|ユーロ|欧元|歐元|유로",
    "GBP": r"£|gbp|quid|pounds? sterling|sterling|ポンド(?=以|くらい|まで)|英镑",
    "JPY": r"jpy|yen|円|¥|日元|日圓|엔",
    "CNY": r"cny|rmb|yuan|人民币|元|块钱|块",
    "TWD": r"nt ?\$|ntd|twd|台币|台幣|新台幣",
    "HKD": r"hk ?\$|hkd|港币|港幣",
    "CAD": r"ca ?\$|c\$|cad|canadian dollars?",
    "AUD": r"au ?\$|a\$|aud|australian dollars?|aussie dollars?",
    "NZD": r"nz ?\$|nzd",
    "SGD": r"s\$|sgd",
    "KRW": r"krw|won|₩|원",
    "CHF": r"chf|francs?|franken",
    "BRL": r"r\$|brl|reais|real(?=\b)",
    "MXN": r"mx ?\$|mxn|pesos?",
    "SEK": r"sek|kronor",
    "DKK": r"dkk|kroner|kr\b",
    "NOK": r"nok",
    "INR": r"₹|inr|rupees?|rs\b",
    "THB": r"thb|baht|฿",
}
_GRAMS: dict[str, Decimal] = {
    "g": Decimal(1), "oz": OUNCE, "lb": POUND, "kg": Decimal(1000),
}  # fmt: skip
_UNIT = (
    r"(?P<{0}>kilograms?|kilogramm|kilogramo|kilos?|kgs?|キロ|公斤|킬로|grams?|gramm|gramos?|grammes?|grammi|gramas?|grs?\b|"
    r"gm?s?(?![a-z])|グラム|克|그램|ounces?|onces?|onzas?|oz\.?|オンス|盎司|온스|pounds?|lbs?\.?|libras?|pfund|livres?|ポンド|磅|파운드)"
)
_NUMBER = (
    r"(?P<{0}>\d{{1,9}}(?:[.,]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)|\d{{1,9}}[.,]\d{{1,2}}(?!\d)|\d{{1,9}})"
    r"(?P<{0}_thousand>千|천|万|만|k(?![a-z])(?!g))?"
)
_WORDS = {word: int(number) for number, words in table("ordinary")["numbers"].items() for word in listed(words)}
_KANJI_NUMBER = r"[一二三四五六七八九]?[千万](?:[一二三四五六七八九]百|五千)?(?=円|元|块)"
_KANJI = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

_MAX_BEFORE = (
    r"under|below|beneath|less than|lower than|up to|upto|at most|no more than|not more than|no higher than|nothing over|"
    r"nothing above|not over|not above|max(?:imum)?(?: of| is)?|cheaper than|within|<=?|≤|"
    r"capped at|cap of|limit(?: of| is)?|tops|not exceeding|wont (?:go|pay) (?:over|above|more than)|"
    r"dont (?:want to )?(?:spend|pay) (?:over|above|more than)|cant (?:spend|pay) (?:over|more than)|never more than|"
    r"not to exceed|"
    r"menos de|hasta|maximo|max|por debajo de|no mas de|moins de|jusqua|maximum|pas plus de|en dessous de|sous|unter|"
    r"bis(?: zu)?|hochstens|maximal|nicht mehr als|weniger als|meno di|fino a|massimo|al massimo|non piu di|sotto(?: i)?|"
    r"abaixo de|ate|no maximo|nao mais (?:que|de)|"
    r"不超过|不超過|最多|低于|低於|少于|최대"
)
_MIN_BEFORE = (
    r"over|above|more than|at least|from|min(?:imum)?(?: of)?|starting at|upwards of|north of|no less than|not less than|"
    r">=?|≥|not under|not below|mas de|al menos|minimo|plus de|au moins|uber|mehr als|mindestens|ab|piu di|almeno|mais de|"
    r"pelo menos|高于|至少|超过|超過|최소"
)
_MAX_AFTER = (
    r"or less|or under|or below|or cheaper|max(?:imum)?|tops|at most|limit|and under|and below|or lower|o menos|ou moins|"
    r"oder weniger|o meno|ou menos|以内|以下|まで|未満|以下的|以内的|이하|까지|미만|이내"
)
_MIN_AFTER = (
    r"or more|or above|or over|and up|and above|or higher|\+|plus(?![a-z])|以上|より高|이상|y mas|et plus|und mehr|o mas|ou plus|"
    r"oder mehr"
)
_ABOUT = (
    r"around|about|roughly|approximately|circa|ca\.?|~|approx\.?|somewhere around|in the|close to|alrededor de|unos|environ|"
    r"etwa|rund|ungefahr|circa|cerca de|大约|大約|约|左右|約"
)


@dataclass(frozen=True, slots=True)
class Budget:
    """What was said about a price: `least` and `most` are for `grams` grams in `currency`; `start` and `end` in the folded text."""

    least: Decimal | None
    most: Decimal | None
    currency: str
    grams: Decimal
    start: int
    end: int


def _currency_pattern(name: str) -> str:
    return "(?P<" + name + ">" + "|".join(f"(?:{words})" for words in _CURRENCIES.values()) + ")"


class _Patterns(NamedTuple):
    amount: re.Pattern[str]
    second: re.Pattern[str]  # "-20" after "$15"
    per: re.Pattern[str]  # "per 100 g"
    bag: re.Pattern[str]  # "a bag"


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    spelled = "|".join(sorted(_WORDS, key=len, reverse=True))
    amount = (
        rf"{_currency_pattern('before')}?\s?(?:{_NUMBER.format('n')}|(?P<word>\b(?:{spelled})\b)|"
        rf"(?P<kanji>{_KANJI_NUMBER}))(?:\s?-?{_currency_pattern('after')})?"
    )
    second = (
        rf"\s?(?:-|–|to|and|~|〜|～|から|y|a|et|à|und|bis|e|到|至|"
        rf"에서)\s?{_currency_pattern('before2')}?\s?{_NUMBER.format('n2')}\s?{_currency_pattern('after2')}?"
    )
    per = (
        r"\s?(?:/|per|a(?=\s(?:pound|lb|kilo|kg|bag|pop|ounce|oz|packet|pack|tin))|an?(?=\s\d)|for|on|each|the|les|la|el|il|lo|"
        r"o|por|pour|pro|je|al|por cada|cada|das|den|der|ein(?:e|en)?|un|une|una|um|uma|fur|で|每|一|매)?"
        r"\s?(?:(?:a|an|one|the|each|les|un|une|una|ein|eine|einen|der|le|la|el|cada|每|1(?!\d))\s?)?"
        rf"(?P<half>half (?:a )?|half-)?(?P<size>\d+(?:[.,]\d+)?)?\s?-?{_UNIT.format('unit')}(?:\s?(?:bag|pack|packet|tin|box|"
        rf"sack|bolsa|paquet|packung|beutel|sacchetto|pacote|袋|包))?(?:\s?(?:あたり|当たり|につき|당))?"
    )
    bag = (
        r"\s?(?:/|per|a|for a|on a|each|the|por|le|la|pro|je|il|al|o)?\s?(?:bag|bags|pack|packet|tin|box|bolsa|paquete|paquet|"
        r"sachet|packung|beutel|sacchetto|pacote|一袋|1袋|袋|包|봉지)"
    )
    return _Patterns(re.compile(amount), re.compile(second), re.compile(per), re.compile(bag))


_UNIT_NAMES: tuple[tuple[str, str], ...] = (
    ("kilo", "kg"), ("kg", "kg"), ("キロ", "kg"), ("公斤", "kg"), ("킬로", "kg"),
    ("ou", "oz"), ("onc", "oz"), ("onz", "oz"), ("oz", "oz"), ("オンス", "oz"), ("盎司", "oz"), ("온스", "oz"),
    ("po", "lb"), ("lb", "lb"), ("lib", "lb"), ("liv", "lb"), ("ポンド", "lb"), ("磅", "lb"), ("파운드", "lb"), ("pfund", "half_kg"),
)  # fmt: skip


def unit_grams(unit: str) -> Decimal:
    """Grams in one of a unit as people write it: "lbs." is 453.6, "Pfund" 500."""
    for start, name in _UNIT_NAMES:
        if unit.startswith(start):
            return Decimal(500) if name == "half_kg" else _GRAMS[name]
    return Decimal(1)


def _number(text: str, thousand: str | None = None) -> Decimal:
    """ "1,500" and "1.500" are 1500, "4,5" and "4.5" are 4.5."""
    whole = re.fullmatch(r"(\d+(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?", text)
    plain = re.sub(r"[.,]", "", whole[1]) + (f".{whole[2]}" if whole[2] else "") if whole else text.replace(",", ".")
    return Decimal(plain) * {"千": 1000, "천": 1000, "k": 1000, "万": 10000, "만": 10000}.get(thousand or "", 1)


def _currency(*said: str | None) -> str | None:
    for word in said:
        if word:
            for code, words in _CURRENCIES.items():
                if re.fullmatch(words, word):
                    return code
    return None


_COUNTED = re.compile(
    r"\s?(?:%|percent|years?|minutes?|mins?|seconds?|hours?|days?|weeks?|months?|people|cups?|masl|m\b|meters?|metres?|feet|"
    r"ft|°|degrees|c\b|f\b|points?|pts?|times?|coffees|options|bars?|ml|liters?|点|分(?!以)|杯|種類|つ|人|점|punkte|puntos|punti|"
    r"pontos|x\b|st\b|nd\b|rd\b|th\b)"
)
_WEIGHED = re.compile(r"\s?" + _UNIT.format("unit"))
_BUDGET_WORD = re.compile(
    r"budget|spend|pay|price|cost|予算|値段|价格|预算|預算|예산|가격|presupuesto|precio|gastar|pagar|prix|depenser|preis|ausgeben|prezzo|"
    r"spendere|orcamento|preco"
)


def _ends(pattern: str, text: str, place: int) -> bool:
    return re.search(rf"(?:^|[^a-z])(?:{pattern})\s?(?:{_ABOUT})?\s?(?:a |the |my )?$", text[max(0, place - 44) : place]) is not None


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
    if re.search(r"\d(?:g|kg|ml)$", text[:start]):
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
    code, second, end = _currency(match["before"], match["after"]), None, match.end()
    after = _patterns().second.match(text, end)
    if after and _number(after["n2"], after["n2_thousand"]) > first and not _COUNTED.match(text, after.end()):
        other = _currency(after["before2"], after["after2"])
        if code or other or not _WEIGHED.match(text, after.end()):
            second, end, code = _number(after["n2"], after["n2_thousand"]), after.end(), code or other
    if code is None and second is None and (weighed := _WEIGHED.match(text, end)):
        if not (weighed["unit"].startswith("pound") and _ends(_MAX_BEFORE, text, match.start())):
            return None
        code, end = "GBP", weighed.end()
    return _Amount(first, second, code, end, bool(match["word"]))


def _value(match: re.Match[str]) -> Decimal:
    if match["word"]:
        return Decimal(_WORDS[match["word"]])
    if match["kanji"]:
        return _kanji(match["kanji"])
    return _number(match["n"], match["n_thousand"])


def _kanji(text: str) -> Decimal:
    """二千五百 is 2500, 一万五千 15000."""
    total, digit = 0, 1
    for character in text:
        if character in _KANJI:
            digit = _KANJI[character]
        else:
            total, digit = total + digit * {"百": 100, "千": 1000, "万": 10000}[character], 1
    return Decimal(total)


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
    if _ends(_MAX_BEFORE, text, start):
        most = amount
    elif _ends(_MIN_BEFORE, text, start):
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
_AFTER = re.compile(rf"\s?,?\s?(?:(?P<most>{_MAX_AFTER})|(?P<least>{_MIN_AFTER}))")
_BEFORE = re.compile(rf"(?:^|[^a-z])((?:{_MAX_BEFORE}|{_MIN_BEFORE}|between|entre|zwischen|tra|{_ABOUT})\s?(?:{_ABOUT})?\s?)$")


def _per_tail(text: str, end: int) -> int:
    """Where "per 100 g" or "a bag" after an amount ends."""
    match = _patterns().per.match(text, end) or _patterns().bag.match(text, end)
    return match.end() if match and match.end() > end else end


_SIZE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s?-?" + _UNIT.format("unit") + r"(?:\s?(?:bag|pack|tin|box|beutel|bolsa|paquet|packung|sacchetto|pacote|袋|包)s?)?"
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
