"""The words of prices: currencies, figures in any script, and what makes an amount a limit."""

import re
from decimal import Decimal

from coffeebot.domain.words import listed, table

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
NUMBER = (
    r"(?P<{0}>\d{{1,9}}(?:[.,]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)|\d{{1,9}}[.,]\d{{1,2}}(?!\d)|\d{{1,9}})"
    r"(?P<{0}_thousand>千|천|万|만|k(?![a-z])(?!g))?"
)
SPELLED = {word: int(number) for number, words in table("ordinary")["numbers"].items() for word in listed(words)}
KANJI_NUMBER = r"[一二三四五六七八九]?[千万](?:[一二三四五六七八九]百|五千)?(?=円|元|块)"
_KANJI = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}

MAX_BEFORE = (
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
MIN_BEFORE = (
    r"over|above|more than|at least|from|min(?:imum)?(?: of)?|starting at|upwards of|north of|no less than|not less than|"
    r">=?|≥|not under|not below|mas de|al menos|minimo|plus de|au moins|uber|mehr als|mindestens|ab|piu di|almeno|mais de|"
    r"pelo menos|高于|至少|超过|超過|최소"
)
MAX_AFTER = (
    r"or less|or under|or below|or cheaper|max(?:imum)?|tops|at most|limit|and under|and below|or lower|o menos|ou moins|"
    r"oder weniger|o meno|ou menos|以内|以下|まで|未満|以下的|以内的|이하|까지|미만|이내"
)
MIN_AFTER = (
    r"or more|or above|or over|and up|and above|or higher|\+|plus(?![a-z])|以上|より高|이상|y mas|et plus|und mehr|o mas|ou plus|"
    r"oder mehr"
)
ABOUT = (
    r"around|about|roughly|approximately|circa|ca\.?|~|approx\.?|somewhere around|in the|close to|alrededor de|unos|environ|"
    r"etwa|rund|ungefahr|circa|cerca de|大约|大約|约|左右|約"
)


def currency_pattern(name: str) -> str:
    return "(?P<" + name + ">" + "|".join(f"(?:{words})" for words in _CURRENCIES.values()) + ")"


def currency_of(*said: str | None) -> str | None:
    for word in said:
        if word:
            for code, words in _CURRENCIES.items():
                if re.fullmatch(words, word):
                    return code
    return None


def number(text: str, thousand: str | None = None) -> Decimal:
    """ "1,500" and "1.500" are 1500, "4,5" and "4.5" are 4.5."""
    whole = re.fullmatch(r"(\d+(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?", text)
    plain = re.sub(r"[.,]", "", whole[1]) + (f".{whole[2]}" if whole[2] else "") if whole else text.replace(",", ".")
    return Decimal(plain) * {"千": 1000, "천": 1000, "k": 1000, "万": 10000, "만": 10000}.get(thousand or "", 1)


def kanji(text: str) -> Decimal:
    """二千五百 is 2500, 一万五千 15000."""
    total, digit = 0, 1
    for character in text:
        if character in _KANJI:
            digit = _KANJI[character]
        else:
            total, digit = total + digit * {"百": 100, "千": 1000, "万": 10000}[character], 1
    return Decimal(total)
