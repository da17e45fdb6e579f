"""The signs, codes and names of currencies, as patterns that look around a number for them."""

import re

from coffeebot.domain.amounts import NO_WORD, WORD_END

MARKS = "$€£¥₩₹₽₺₪₫₱฿₦₴₡₲₵₸₮₭¢"
_CODES = (
    "usd|eur|gbp|jpy|cny|rmb|cnh|krw|twd|ntd|hkd|cad|aud|nzd|sgd|chf|brl|mxn|sek|dkk|nok|inr|thb|pln|czk|huf|ils|aed|sar|myr|idr|php|"
    "vnd|zar|rub|uah|ron|bgn|isk|etb|kes|clp|(?-i:TRY|PEN|COP|MAD|ARS)"
)
_NAMED = (
    r"(?:(?:us|u\.s\.|american|canadian|australian|aussie|new zealand|hong kong|singapore) )?dollars?|bucks?|quid|euros?|cents?|pence|"
    r"pounds?(?: sterling)?|sterling|yen|yuan|renminbi|kronor|kroner|kron[ae]|kr|francs?|franken|fr|rupees?|rs|pesos?|reais|baht|"
    r"zloty(?:s|ch)?|złotych|zł|kč|rubles?|roubles?|руб\w*|евро|долл\w*|rand|lira|won|birr|shekels?|ringgit|rupiah|dong|dirhams?|"
    r"d[oó]lar(?:es)?|dollari"
)
_NAMED_FAR_EAST = "米?ドル|ユーロ|円|圓|美元|美金|日元|日圓|欧元|歐元|英镑|人民币|台币|港币|块钱?|塊錢?|元|달러|유로|엔|원"
_MORE_SIGNS = "rs|kr|fr|rm|rp|zł|kč"
MONEY_WORDS = rf"(?<![^\W\d_])(?:{_NAMED}|{_CODES}|{_MORE_SIGNS})(?![^\W\d_])|{_NAMED_FAR_EAST}"  # a pattern
BEFORE = (
    rf"(?:(?:{NO_WORD}(?:(?:usd?|cad?|aud?|nzd?|hkd?|ntd?|sgd?|mx|jp|cn)\s?|[acsr]))?[{MARKS}]|"
    rf"{NO_WORD}(?:{_CODES}|{_MORE_SIGNS})\.?)"
)
AFTER = rf"(?:(?:us|ca|au|nz|hk|nt|sg|[acsr])?[{MARKS}]|(?:{_NAMED}|{_CODES}){WORD_END}|{_NAMED_FAR_EAST})"
_FAMILIES = {
    "$": r"\$|dollar|dólar|dolar|buck|ドル|美|달러|[acnhu][uadkzs]d\b",
    "€": r"€|eur|ユーロ|欧|歐|유로|евро", "£": r"£|gbp|quid|pound|sterl|英",
    "¥": r"¥|yen|jpy|円|圓|yuan|cny|rmb|元|日|人民|块|塊|엔",
}  # fmt: skip


def family(words: str) -> str:
    """A currency's sign, "?" for one of the rarer ones."""
    lower = words.lower()
    return next((sign for sign, pattern in _FAMILIES.items() if re.search(pattern, lower)), "?")
