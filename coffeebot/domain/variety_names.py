"""What a roaster's label for varieties names: "Catuai Amarillo & SL28/34" is Yellow Catuai, SL28 and SL34."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from coffeebot.domain.folding import fold, plain
from coffeebot.domain.places import canonical_country
from coffeebot.domain.vocabulary import lexicon
from coffeebot.domain.words import listed, table

MOST = 16
_BETWEEN = re.compile(r"\s*(?:[,、，;/／&+•|·\n]|\band\b|\bund\b|\by\b|\be\b|\bet\b|\s[-–—x×]\s)\s*", re.IGNORECASE)
_DIGIT_PAIR = re.compile(r"\b([A-Za-z]{2,3})[- ]?(\d{2})\s*[&/]\s*(\d{2})\b")
_SLASHED_NUMBER = re.compile(r"\b(74)[/ -](\d{2,3})\b")
_SELECTION_CODE = re.compile(r"(P\d)/(P\d)")
_JARC = re.compile(r"\b74\d{3}\b")
_LETTERED = re.compile(r"\b(sl|k|kp|n|h|t|f|s)[- ]?(\d{1,4})\b", re.IGNORECASE)
_LOT = re.compile(r"\s*(?:#\s?\w+|\blot\b.*)$", re.IGNORECASE)
_LABEL = re.compile(
    r"^\s*(?:variet(?:y|ies|als?)|variedad(?:es)?|cultivars?|品種)\s*[:：]\s*|^heirloom varieties:?\s+(?!from|of)|\s+field blend$",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\(?\b\d{1,3}(?:[.,]\d)?\s?[%％]\)?(?: of)?")
_OTHER_SIDE = re.compile(r"\b(?:hybrid|cross|híbrido)\b|\s[x×–-]\s", re.IGNORECASE)


@lru_cache(maxsize=4096)
def variety_names(text: str) -> tuple[str, ...]:
    """The varieties of a label in their usual spelling ("Gesha", "SL28", "Yellow Catuai"), in its order, each once.

    A name that nobody has listed stays as it is written. Grades, lots and the word "variety" are no names.
    """
    text = _SHARE.sub(", ", _LABEL.sub("", text)).strip()
    text = _SELECTION_CODE.sub(r"\1∕\2", _SLASHED_NUMBER.sub(r"\1\2", _DIGIT_PAIR.sub(r"\1\2, \1\3", text)))
    items = [item for piece in _unbracketed(text) for item in _items(piece)]
    if len(items) > 1:
        items = [item for item in items if plain(item) not in _GENERIC] or items
    names = [name.replace("∕", "/") for item in _with_colours(items) for name in _names(item)]
    return tuple(dict.fromkeys(names))[:MOST]


def _around(key: str) -> frozenset[str]:
    return frozenset(plain(word) for word in listed(table("varieties")["around"][key]))


_WORDS, _GENERIC, _GRADES = _around("words"), _around("generic"), _around("grades")


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    """plain spelling -> usual name."""
    book: dict[str, str] = {}
    for name, others in table("varieties")["spellings"].items():
        for spelling in (name, *listed(others)):
            book.setdefault(_key(spelling), name)
    return book


@lru_cache(maxsize=1)
def _colours() -> dict[str, str]:
    return {_key(word): colour for colour, words in table("varieties")["colours"].items() for word in listed(words)}


@lru_cache(maxsize=1)
def _run_on() -> re.Pattern[str]:
    """A colour in a script without spaces, at the head of a name."""
    return re.compile(f"^({'|'.join(sorted((word for word in _colours() if not word.isascii()), key=len, reverse=True))})(?=[^\\W_])")


def _key(text: str) -> str:
    return plain(text) or fold(text).text.strip()


def _unbracketed(text: str) -> Iterator[str]:
    """A label without its brackets; what they hold counts where a mere "Heirloom" or "Mixed Variety" stands before them."""
    match = re.match(r"^([^()（）\[\]]*)[(（\[]([^()（）\[\]]*)[)）\]]?(.*)$", text, re.DOTALL)
    if not match:
        yield text
        return
    before, inside, after = match.groups()
    bare = " ".join(word for word in plain(before).split() if word not in _WORDS)
    opened = bare in _GENERIC or not bare
    if opened and not _OTHER_SIDE.search(inside) and any(_known(item) for item in _items(inside)):
        yield inside
    else:
        yield before
    if after.strip(" ,.;"):
        yield from _unbracketed(after)


def _items(text: str) -> list[str]:
    parts = [part.strip(" .") for item in _BETWEEN.split(text) for part in _dotted_parts(item)]
    return [part for part in parts if part and plain(part) not in _GRADES] or [part for part in parts if part]


def _dotted_parts(item: str) -> list[str]:
    """A Japanese middle dot stands between names, and inside one ("ティモール・ハイブリッド")."""
    parts = item.split("・")
    if _usual(_key(item.strip())) or len(parts) == 1:
        return [item]
    return [" ".join(parts)] if len(parts) == 2 and _key(parts[0]) in _colours() else parts


def _known(item: str) -> bool:
    return bool(_JARC.search(item)) or any(_usual(word) for word in (_key(item), *_key(item).split()))


def _with_colours(items: list[str]) -> list[str]:
    """ "Yellow & Red Catuai" is two of them: a colour that stands alone takes the next name."""
    found = []
    for place, item in enumerate(items):
        following = items[place + 1].split() if place + 1 < len(items) else []
        alone = _key(item) in _colours() and len(following) == 2 and _key(following[0]) in _colours()
        found.append(f"{item} {following[1]}" if alone else item)
    return found


def _names(item: str) -> Iterator[str]:
    """The names in one item: usually one, but "74-158 Kurume" is two."""
    numbers = _JARC.findall(item)
    if numbers:
        yield from numbers
        rest = _key(_JARC.sub(" ", item))
        if rest not in _GENERIC and (named := _usual(rest)):
            yield named
        return
    yield _name(_LETTERED.sub(lambda match: f"{match[1].upper()}{match[2]}", item))


def _name(item: str) -> str:
    """One name in its usual spelling; an item in which nothing is known, as it is."""
    whole = _usual(_key(item))
    if whole:
        return whole
    words = _without_others(_run_on().sub(r"\1 ", _LOT.sub("", item)).split())
    bare = _usual(" ".join(map(_key, words)))
    if bare or not any(_single(word) for word in words):
        return bare or item.replace("’", "'")
    return " ".join(_respelled(words))


def _single(word: str) -> str | None:
    """The usual spelling of one word that is a name by itself."""
    usual = _usual(_key(word))
    return usual if usual and " " not in usual else None


def _without_others(words: list[str]) -> list[str]:
    """A label's words without "variety", "V." and the country before a name."""
    kept = [word for word in _dotted(words) if _key(word) not in _WORDS]
    if len(kept) > 1 and canonical_country(kept[0]) and _key(kept[0]) not in _colours() and _usual(_key(" ".join(kept[1:]))):
        kept = kept[1:]
    if len(kept) > 1 and _key(kept[-1]) == "hybrid" and _usual(_key(kept[0])):
        kept = kept[:-1]
    return kept or words


def _dotted(words: list[str]) -> Iterator[str]:
    """ "V.Colombia" as two words."""
    for word in words:
        yield from (part for part in re.split(r"(?<=^[Vv])\.|(?<=^[Vv]ar)\.", word) if part)


def _respelled(words: list[str]) -> list[str]:
    """Each word in its usual spelling, and a colour before the name that it belongs to."""
    told = [_colours().get(_key(word)) or _single(word) or _titled(word) for word in words]
    if len(told) == 2 and _key(words[1]) in _colours() and _usual(_key(words[0])):
        told.reverse()
    return told


def _titled(word: str) -> str:
    return word if any(ch.isdigit() for ch in word) or (word.isupper() and len(word) <= 4) else word[:1].upper() + word[1:].lower()


@lru_cache(maxsize=4096)
def _usual(key: str) -> str | None:
    """The usual name behind a spelling, one slip of the pen forgiven in a long one."""
    book = _spellings()
    if key in book or len(key) < 7 or any(ch.isdigit() for ch in key) or key in lexicon():
        return book.get(key)
    near = [spelling for spelling in book if spelling[0] == key[0] and OSA.distance(spelling, key, score_cutoff=1) <= 1]
    return book[near[0]] if near else None
