"""Numbers as people write them, in figures and in words, and what they amount to."""

import re
from decimal import Decimal, InvalidOperation

from coffeebot.domain.folding import plain
from coffeebot.domain.words import listed, table

WORD_END = r"(?![^\W\d_\u2e80-\u9fff\uac00-\ud7af])"
NO_WORD = r"(?<![A-Za-z0-9\u00c0-\u1fff])"
FIGURE = r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,'’]\d+)*)(?:[.,][-–—]{1,2})?(?:\s?k(?![a-z]))?(?:\s?[千百万億천만]++\d*[千百]?)?(?!\d)"
SPELLED_FAR_EAST = "(?<![〇一二三四五六七八九十百千万])[〇一二三四五六七八九十百千万]++"
_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "thousand": 1000,
}  # fmt: skip
_FOREIGN = {word: int(n) for n, words in table("ordinary")["numbers"].items() for word in listed(words) if " " not in word}
NUMBER_WORDS = {**_FOREIGN, "achtzehn": 18, "dieciocho": 18, "dix-huit": 18, **_ENGLISH}
_TIMES = {"k": 1000, "千": 1000, "천": 1000, "万": 10000, "만": 10000, "百": 100, "億": 100_000_000}
_WORD = "(?:" + "|".join(sorted(NUMBER_WORDS, key=len, reverse=True)) + ")"
SPELLED = rf"{NO_WORD}(?:an? )?{_WORD}(?:(?:[\s-]+and)?[\s-]+{_WORD}){{0,4}}{WORD_END}"


def value(number: str) -> Decimal | None:
    """ "1,500" and "1.500" are 1500, "4,50" is 4.5, "twenty-five" 25, "2千" 2000, "千五百" 1500."""
    figures = re.match(r"[\d., '’]*\d", number)
    if figures is None:
        return Decimal(_spelled(number)) if number[0].isascii() or number in NUMBER_WORDS else Decimal(_far_eastern(number))
    cleaned = re.sub(r"[ '’]", "", figures[0])
    whole = re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?", cleaned)
    written = re.sub(r"[.,]", "", whole[1]) + (f".{whole[2]}" if whole[2] else "") if whole else cleaned.replace(",", ".")
    try:
        amount = Decimal(written)
    except InvalidOperation:
        return None
    for sign, times in _TIMES.items():
        amount *= times if sign in number[figures.end() :] else 1
    return amount.normalize()


def _spelled(words: str) -> int:
    total = part = 0
    for word in re.findall(r"[^\W\d_]+", plain(words)):
        number = NUMBER_WORDS.get(word, 1 if word in ("a", "an") else 0)
        if number >= 100:
            part = max(part, 1) * number
        else:
            total, part = total + (part if part >= 100 else 0), number + (part if part < 100 else 0)
    return total + part


def _far_eastern(number: str) -> int:
    digits, powers = "〇一二三四五六七八九", {"十": 10, "百": 100, "千": 1000}
    total = part = last = 0
    for sign in number:
        if sign in powers:
            part += max(last, 1) * powers[sign]
            last = 0
        elif sign == "万":
            total, part, last = total + max(part + last, 1) * 10000, 0, 0
        else:
            last = last * 10 + digits.index(sign) if sign in digits else last
    return total + part + last
