"""What a reply of the house barista must keep: answers, names only what was offered, repeats nothing, keeps measure and language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coffeebot.domain.flavour import FAMILIES, GROUPS, canonical_note, find_notes
from coffeebot.domain.folding import fold
from coffeebot.domain.speech import note
from coffeebot.domain.turn import Pick, Question, TraitLine

FEWEST, MOST = 20, 120  # words; of Japanese two characters count as one
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_SENTENCE = re.compile(r"(?<=[.?])\s+|(?<=[。？])|\n+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_LATIN_WORDS = re.compile(r"\b[A-Za-z]{3,}(?: [A-Za-z]{2,}){2,}\b")  # three words in a row are a sentence of another language
_FORBIDDEN = re.compile(
    r"[!！]|great choice|good choice|excellent choice|\bthe best\b|\bI tasted\b|\bwe tasted\b|delicious|freshly roasted|in stock|"
    r"[\U0001F300-\U0001FAFF☀-➿]"
)
_HELLO = re.compile(r"^(?:hello|hi|good to see you|こんにちは|いらっしゃいませ)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One turn: `turn` is what the case states, `fitting` how many coffees fit when the shelf was looked at."""

    turn: Mapping[str, Any]
    prose: str
    picks: tuple[Pick, ...]
    traits: tuple[TraitLine, ...]
    question: Question | None
    fitting: int | None


def faults(exchange: Exchange, before: Sequence[Exchange], *, language: str, names: frozenset[str]) -> Iterator[dict[str, str]]:
    """{"what": the rule, "why": where it is broken} for each rule that a reply breaks."""
    told = (
        *(("answer", why) for why in _answer(exchange, before)),
        *(("names", why) for why in _names(exchange, before, names)),
        *(("reasons", why) for why in _reasons(exchange, before)),
        *(("repeated", why) for why in _repeated(exchange, before)),
        *(("length", why) for why in _length(exchange, language)),
        *(("language", why) for why in _language(exchange, language, names)),
        *(("manners", why) for why in _manners(exchange, before)),
    )
    yield from ({"what": what, "why": why} for what, why in told)


def _answer(exchange: Exchange, before: Sequence[Exchange]) -> Iterator[str]:
    """What the case states: words that must be there or must not, cards, coffees by their place, a question or none."""
    turn, prose = exchange.turn, exchange.prose
    yield from (f"no {wanted!r}" for wanted in turn.get("expect", ()) if not re.search(wanted, prose, re.IGNORECASE))
    yield from (f"has {unwanted!r}" for unwanted in turn.get("never", ()) if re.search(unwanted, prose, re.IGNORECASE))
    fewest, most = turn.get("cards", (0, 99))
    if not fewest <= len(exchange.picks) <= most:
        yield f"{len(exchange.picks)} cards, wanted {fewest} to {most}"
    if "asks" in turn and turn["asks"] != (exchange.question is not None):
        yield "a question where none belongs" if exchange.question else "no question"
    table = next((one.picks for one in reversed(before) if one.fitting is not None and one.picks), ())
    for place in turn.get("places", ()):
        if place > len(table) or table[place - 1].coffee_name not in prose:
            yield f"says nothing of number {place}: {table[place - 1].coffee_name if place <= len(table) else 'none there'}"


def _names(exchange: Exchange, before: Sequence[Exchange], names: frozenset[str]) -> Iterator[str]:
    """Coffees that were never offered, beyond the nearest when nothing fits and one that was asked after."""
    offered = {pick.coffee_name for one in (*before, exchange) for pick in one.picks}
    said = " ".join(one.turn["say"] for one in (*before, exchange))
    free = exchange.fitting == 0 or exchange.turn.get("asked_after", False)
    for name in names:
        if f"**{name}**" in exchange.prose and name not in offered and name not in said and not free:
            yield f"{name} was never offered"
    bold = set(_BOLD.findall(exchange.prose))
    yield from (f"{name} is named without being marked" for name in names if name in _BOLD.sub("", exchange.prose) and name not in bold)


def _reasons(exchange: Exchange, before: Sequence[Exchange]) -> Iterator[str]:
    """Each reason on a card points to a trait, quotes what was said, and names no note that the coffee has not."""
    known = {trait.id for trait in exchange.traits}
    said = "\n".join(one.turn["say"] for one in (*before, exchange))
    for pick in exchange.picks:
        for reason in pick.reasons:
            if reason.trait_id not in known:
                yield f"{pick.coffee_name}: {reason.text!r} points to no trait"
            if reason.quote and reason.quote not in said:
                yield f"{pick.coffee_name}: {reason.quote!r} was never said"
            spoken_of = next((f"{trait.label} {trait.value}" for trait in exchange.traits if trait.id == reason.trait_id), "")
            if strange := _strange_notes(reason.text, pick, spoken_of):
                yield f"{pick.coffee_name}: {strange} is none of its notes"


def _strange_notes(text: str, pick: Pick, spoken_of: str) -> str:
    told = {canonical_note(found) for found, _, _ in find_notes(text)} - set(FAMILIES) - set(GROUPS)
    own = " ".join((*pick.notes, pick.process, pick.roast, pick.origin, spoken_of)).lower()
    held = {canonical_note(found) for found, _, _ in find_notes(own)} | {note(n, "ja") for n in pick.notes}
    return ", ".join(sorted(one for one in told if one not in held and one not in own and not any(one in other for other in held)))


def sentences(prose: str) -> list[str]:
    """The sentences of a reply; a full stop inside a coffee's name ends none."""
    unbroken = _BOLD.sub(lambda name: name[0].replace(".", ""), prose)
    return [piece.strip() for piece in _SENTENCE.split(unbroken) if piece and piece.strip()]


def _repeated(exchange: Exchange, before: Sequence[Exchange]) -> Iterator[str]:
    said = {fold(one).text for earlier in before for one in sentences(earlier.prose)}
    for one in sentences(exchange.prose):
        if fold(one).text in said:
            yield one
        said.add(fold(one).text)


def words_in(prose: str, language: str) -> int:
    if language == "ja":
        return len(re.sub(r"[\s*、。「」（）・]", "", prose)) // 2
    return len(prose.split())


def _length(exchange: Exchange, language: str) -> Iterator[str]:
    count = words_in(exchange.prose, language)
    fewest = 5 if exchange.turn.get("short") else FEWEST
    if not fewest <= count <= MOST:
        yield f"{count} words"


def _language(exchange: Exchange, language: str, names: frozenset[str]) -> Iterator[str]:
    own = _BOLD.sub("", exchange.prose)
    if language == "ja":
        yield from (f"no Japanese: {one}" for one in sentences(own) if not _KANA.search(one))
        said = f"{exchange.turn['say']} {' '.join(pick.origin or '' for pick in exchange.picks)}"  # a region keeps its own letters
        yield from (f"English: {words}" for words in _LATIN_WORDS.findall(own) if words not in names and words not in said)
    elif _KANA.search(own):
        yield "Japanese"


def _manners(exchange: Exchange, before: Sequence[Exchange]) -> Iterator[str]:
    yield from (f"says {found[0]!r}" for found in _FORBIDDEN.finditer(exchange.prose))
    asked = len(re.findall(r"[?？]|でしょうか。|ますか。|ですか。", exchange.prose)) + (exchange.question is not None)
    if asked > 1:
        yield f"{asked} questions"
    if before and _HELLO.search(exchange.prose):
        yield "greets again"
