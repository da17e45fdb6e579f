"""Price tags as shops print them: "$14.45/12 ounces", "NT $550/200 grams", "1,500円（200g）"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from coffeebot.domain.coffee import to_minor
from coffeebot.domain.folding import fold
from coffeebot.domain.weights import weight

# An ambiguous sign comes after every longer one that it ends: "$" after "NT$", "kr" after "nkr".
_CURRENCIES: tuple[tuple[str, str], ...] = (
    ("TWD", r"nt ?\$|\$ ?nt ?\$|ntd|twd|nt|新台[币幣]|台[币幣]"),
    ("HKD", r"hkd|hk ?\$|hk|港[币幣]"),
    ("CAD", r"cad|can? ?\$|c\$"),
    ("AUD", r"aud|au ?\$|a\$"),
    ("NZD", r"nzd|nz ?\$"),
    ("SGD", r"sgd|sg ?\$|s\$"),
    ("MXN", r"mxn|mx ?\$"),
    ("BRL", r"brl|r\$"),
    ("USD", r"usd|us ?\$|us dollars?|dollars?|ドル|美元"),
    ("CNY", r"cny|rmb|cn ?¥|元|人民[币幣]"),
    ("JPY", r"jpy|jp ?¥|yen|円|¥"),
    ("KRW", r"krw|₩|원"),
    ("EUR", r"eur|€|euros?|ユーロ"),
    ("GBP", r"gbp|£"),
    ("CHF", r"chf|fr\."),
    ("INR", r"inr|₹|rs\.?"),
    ("MYR", r"myr|rm"),
    ("THB", r"thb|฿|baht"),
    ("IDR", r"idr|rp\.?"),
    ("PHP", r"php|₱"),
    ("VND", r"vnd|₫"),
    ("SEK", r"sek"),
    ("NOK", r"nok"),
    ("DKK", r"dkk"),
    ("PLN", r"pln|zł|zl"),
    ("AED", r"aed"),
    ("USD", r"\$"),
)
_SHARED = {"$": ("USD", "TWD", "HKD", "CAD", "AUD", "NZD", "SGD", "MXN"), "¥": ("JPY", "CNY")}
_CURRENCY = "|".join(words for _, words in _CURRENCIES)
_AMOUNT = r"\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+[.,]\d{1,2}(?!\d)|\d+"
_PRICE = re.compile(
    rf"(?<![\w.,])(?P<before>{_CURRENCY})?\s?\$?\s?(?P<amount>{_AMOUNT})(?:\s?(?P<after>{_CURRENCY})(?![a-z]))?",
)
# What a grower is paid and what is off are prices too, but not the bag's
_ANOTHER_PRICE = re.compile(r"(?:fob|farm ?gate|green|shipping|save|off|deposit|value|worth|was|rrp|msrp|送料)[^.\d]{0,16}$")


@dataclass(frozen=True, slots=True)
class PriceTag:
    """`amount_minor` in the currency's minor unit for `grams` grams; None where the tag states no weight."""

    amount_minor: int
    currency: str
    grams: Decimal | None


def price_tag(text: str, *, currency: str | None = None) -> PriceTag | None:
    """The first price of a text and the weight it is for; `currency` is the shop's own, for a bare number and a "$" or "¥".

    None where no price stands, or only that of something else ("FOB cost: $4.78lb", "save $3").
    """
    folded = fold(text).text
    for found in _PRICE.finditer(folded):
        code = _code(found, currency)
        if code is None or _ANOTHER_PRICE.search(folded[: found.start()]):
            continue
        amount = to_minor(_amount(found["amount"], code), code)
        return PriceTag(amount, code, _weight_beside(folded, found)) if amount > 0 else None
    return None


def _code(found: re.Match[str], currency: str | None) -> str | None:
    said = [sign for sign in (found["before"], found["after"]) if sign]
    if not said:
        return (currency or "USD") if _alone(found) else None
    clear = next((sign for sign in said if sign not in _SHARED), None)
    if clear is None and currency in _SHARED[said[0]]:
        return currency
    return next(code for code, words in _CURRENCIES if re.fullmatch(words, clear or said[0]))


def _alone(found: re.Match[str]) -> bool:
    """Whether a number without a currency stands at the text's beginning and is followed by nothing or by what it is for."""
    return not found.string[: found.start()].strip() and re.match(r"\s*(?:$|/)", found.string[found.end() :]) is not None


def _weight_beside(folded: str, found: re.Match[str]) -> Decimal | None:
    """The weight after the price up to a bracket, else anywhere after it, else before it."""
    after = folded[found.end() :].lstrip(" /")
    return weight(re.split(r"[(（]", after, maxsplit=1)[0]) or weight(after) or weight(folded[: found.start()])


def _amount(text: str, currency: str) -> Decimal:
    """ "1,500" and "1.500" are 1500 ("1.500" of a currency with cents too), "14,50" and "14.50" are 14.50."""
    whole = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?", text)
    if whole:
        return Decimal(re.sub(r"[.,]", "", whole[1]) + (f".{whole[2]}" if whole[2] else ""))
    return Decimal(text.replace(",", "."))
