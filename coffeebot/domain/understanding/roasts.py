"""Spans of roast: "medium or darker", "no darker than medium", "light to medium"."""

import re
from dataclasses import dataclass

from coffeebot.domain.coffee import RoastLevel
from coffeebot.domain.folding import Folded

LEVELS = tuple(level.value for level in RoastLevel)
_NAMED: tuple[tuple[str, str], ...] = (
    (r"medium[ -]light|light[ -]medium", "Medium-Light"),
    (r"medium[ -]dark|dark[ -]medium|full city", "Medium-Dark"),
    (r"med(?:ium)?|mid", "Medium"),
    (r"(?:very |ultra |extra )?light|blonde?", "Light"),
    (r"(?:very |extra )?dark|french|italian|vienna", "Dark"),
)
_LEVEL = "(?:" + "|".join(pattern for pattern, _ in _NAMED) + ")"
_ONE = rf"(?:an? |the )?({_LEVEL})(?:[ -]?(?:roast(?:s|ed)?|ones?))?"
_NOTHING = r"\b(?:no|not|nothing|never|dont want (?:anything |it )?|isnt|nothing that is|nothing thats)(?: any| much| a lot)?"
_OR = r",? (?:or|and|to) (?:anything |maybe |perhaps |just |even )?"
_A_TOUCH = "(?:a (?:touch|bit|little(?: bit)?|tad|shade|notch|step) |slightly |one (?:shade|step) )"
_JA_ONE = "(極?浅煎り?|中浅煎り?|中煎り?|中深煎り?|深煎り?)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("up_to", rf"{_NOTHING} darker than {_ONE}\b"),
        ("from", rf"{_NOTHING} lighter than {_ONE}\b"),
        ("above", rf"\bdarker than {_ONE}\b"),
        ("below", rf"\blighter than {_ONE}\b"),
        ("from", rf"\bat least {_ONE}\b"),
        ("step_up", rf"\b{_ONE}{_OR}{_A_TOUCH}(?:darker|more developed)\b"),
        ("step_down", rf"\b{_ONE}{_OR}{_A_TOUCH}lighter\b"),
        ("from", rf"\b{_ONE}{_OR}(?:darker|above|up|upwards|heavier|more developed)\b"),
        ("from", rf"\b({_LEVEL})\+"),
        ("up_to", rf"\b(?:at most|up to|max(?:imum)?|no more than) {_ONE}\b"),
        ("up_to", rf"\b{_ONE}{_OR}(?:lighter|below|less|under)\b"),
        ("up_to", rf"\b{_ONE} (?:at (?:the )?most|at the darkest|tops|max)\b"),
        ("between", rf"\b(?:between |from |anything from )?{_ONE}(?: to | through | until | - |-to-| up to ){_ONE}\b"),
        ("between", rf"\bbetween {_ONE} and {_ONE}\b"),
        ("from", rf"{_JA_ONE}(?:以上|より(?:深い|深め|濃い)|から深め)"),
        ("up_to", rf"{_JA_ONE}(?:以下|まで|より(?:浅い|浅め))"),
        ("between", rf"{_JA_ONE}(?:から|〜|~|～|-){_JA_ONE}"),
    )
)
COMPARATIVES = {
    "darker": "darker",
    "lighter": "lighter",
    **dict.fromkeys(("もう少し浅い", "もう少し浅め", "もっと浅い", "もっと浅め"), "lighter"),
    **dict.fromkeys(("もう少し深い", "もう少し深め", "もっと深い", "もっと深め"), "darker"),
}
_JA = {"極浅": "Light", "浅": "Light", "中浅": "Medium-Light", "中": "Medium", "中深": "Medium-Dark", "深": "Dark"}


@dataclass(frozen=True, slots=True)
class RoastSpan:
    """`levels` that were named together, by a comparison; `start` and `end` in the folded text."""

    levels: tuple[str, ...]
    start: int
    end: int


def _level(said: str) -> str:
    japanese = said.rstrip("り").removesuffix("煎")
    if japanese in _JA:
        return _JA[japanese]
    return next(level for pattern, level in _NAMED if re.fullmatch(pattern, said))


def _levels(kind: str, said: list[str]) -> tuple[str, ...]:
    place = LEVELS.index(_level(said[0]))
    match kind:
        case "from":
            return LEVELS[place:] if said[0] not in ("dark",) else LEVELS[place - 1 :]
        case "up_to":
            return LEVELS[: place + 1]
        case "step_up":
            return LEVELS[place : place + 2]
        case "step_down":
            return LEVELS[max(0, place - 1) : place + 1]
        case "above":
            return LEVELS[place + 1 :] or LEVELS[-1:]
        case "below":
            return LEVELS[:place] if LEVELS[place] != "Dark" else LEVELS[:3]
        case _:
            other = LEVELS.index(_level(said[1]))
            return LEVELS[min(place, other) : max(place, other) + 1]


def roast_spans(folded: Folded) -> list[RoastSpan]:
    """The spans of roast in a text, in reading order, none overlapping."""
    spans: list[RoastSpan] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(folded.text):
            if any(match.start() < span.end and span.start < match.end() for span in spans):
                continue
            spans.append(RoastSpan(_levels(kind, [group for group in match.groups() if group]), match.start(), match.end()))
    return sorted(spans, key=lambda span: span.start)


def stepped(direction: str, present: list[str]) -> tuple[str, ...]:
    """The levels meant by a bare "darker" or "lighter", seen from those wished for so far."""
    places = [LEVELS.index(level) for level in present if level in LEVELS]
    if direction == "darker":
        return (LEVELS[max(places) + 1 :] or LEVELS[-1:]) if places else ("Medium-Dark", "Dark")
    return (LEVELS[: min(places)] or LEVELS[:1]) if places else ("Light", "Medium-Light")
