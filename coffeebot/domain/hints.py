"""What one word tells of a sum or an address that may be coming: so that only few words have to wait, and few are looked at closely."""

import re
import unicodedata
from functools import lru_cache

from coffeebot.domain.amounts import NUMBER_WORDS
from coffeebot.domain.currencies import MARKS, MONEY_WORDS
from coffeebot.domain.skeleton import GAP
from coffeebot.domain.words import table

DIGIT = 1  # has a figure
NUMBER = 2  # is a number in words
MONEY = 4  # has a currency in it
PRICE = 8  # "costs": a bare figure after it is a price
CARRIER = 16  # may stand before a sum and go with it
TAIL = 32  # may follow a sum and go with it
BETWEEN = 64  # may stand between a number and its currency
ADDRESS = 128  # may be an address, or a part of one
BRACKET = 256
OPEN = 512  # a link whose target goes on
LAST = 1024  # ends a sentence: nothing after it belongs to it

BREAKING = (  # scripts that put no space between words; a reference stands by itself too
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3001\u3005-\u3011\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff\ufffc"
)
_AROUND = {name: frozenset(words.split()) for name, words in table("sums").items()}
_FAR_EAST = {
    CARRIER: frozenset("約およそだいた値段価格料金税込みあたり当につき一袋はがで予算不超过低于最多グラム"),
    NUMBER: frozenset("〇一二三四五六七八九十百千万億"),
    MONEY: frozenset("円圓元块塊钱錢金币幣镑ドルユーロ"),
    BETWEEN: frozenset("米美日欧歐英人民台港から至到"),
    TAIL: frozenset("ですがのしございまになりと、税込抜別みくらいぐほど前後程度台袋杯本グラム安高オーバ超以内下未満予算という範囲的"),
}
_MONEY = re.compile(rf"[{MARKS}]|{MONEY_WORDS}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[.。:@/\\](?=[^\s.。,;:!?)\]}'\"”’*])|@|//|\bwww|localhost|\bdot\b|[^\w\s]dot[^\w\s]|(?:https?|hxxps?|\w{4,}script):?$", re.I
)
_UNFINISHED = re.compile(r"dot|https?|hxxps?", re.IGNORECASE)
_TARGET = re.compile(r"\]\((?![^()]*\))")
_ENDS = re.compile(r"[.!?;。…][\"'”’)\]]*$")
_EDGES = "()[]{}\"“”'‘’*,.;:!?=~≈<≤-–—。、"


@lru_cache(maxsize=16384)
def hints(word: str) -> int:
    """The sum of what is known of a word, given without space around it."""
    seen = unicodedata.normalize("NFKC", word).replace("*", "").replace(GAP, "")
    if len(seen) == 1 and seen >= "\u2e80":
        return sum(hint for hint, signs in _FAR_EAST.items() if seen in signs)
    lower = seen.lower()
    core = lower.strip(_EDGES)
    found = _listed(core) | _listed(lower.lstrip("(")) | _shaped(seen, core)
    return found | (LAST if _ENDS.search(seen) and lower.lstrip("(") not in _AROUND["shortened"] else 0)


def _listed(word: str) -> int:
    return (
        (CARRIER if word in _AROUND["before"] else 0)
        | (PRICE if word in _AROUND["costs"] else 0)
        | (TAIL if word in _AROUND["after"] else 0)
        | (BETWEEN if word in _AROUND["between"] else 0)
        | (NUMBER if any(part in NUMBER_WORDS for part in word.split("-")) else 0)
    )


def _shaped(seen: str, core: str) -> int:
    """What the form of a word tells, whatever it says."""
    return (
        (DIGIT if any(character.isdigit() for character in seen) else 0)
        | (MONEY if _MONEY.search(seen) else 0)
        | (ADDRESS if _ADDRESS.search(seen) else 0)
        | (BRACKET if "[" in seen or "]" in seen else 0)
        | (OPEN if _TARGET.search(seen) else 0)
        | (CARRIER | TAIL if not core or _UNFINISHED.fullmatch(core) else 0)
    )
