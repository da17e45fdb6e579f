"""What a model reads out of a message beside the rules: what it is asked, and how its answer is taken with suspicion."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from coffeebot.domain.canonical import values
from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.domain.taste import Facet, Polarity, ProfileChange, Source, Trait
from coffeebot.domain.untrusted import cleaned, visible
from coffeebot.providers.llm.base import Context, Line
from coffeebot.providers.llm.evidence import Words, within
from coffeebot.providers.llm.model import Prompt
from coffeebot.providers.llm.prompting import MESSAGE, compact, fenced, text_of
from coffeebot.providers.llm.wish_traits import traits_of

MOST = 12  # lines that one message may add
CARD, BEFORE, LEAVING = 60, 6, 40  # lines of the card and of the conversation that are sent
SAID, FALLEN, SUMMARY = 300, 600, 900  # characters of one line before this message, of one that leaves, of a summary
MAX_TOKENS = 1500
LONGEST = 40_000  # characters of an answer; a real one has a few thousand
_TASTE = (Facet.FLAVOUR, Facet.NOTE)


@dataclass(frozen=True, slots=True)
class Refinement:
    """What a model made of a message: a change of the card, and the summary of what falls out of its sight ("" for none)."""

    change: ProfileChange = field(default_factory=ProfileChange)
    summary: str = ""


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(properties), "additionalProperties": False}


def _or_null(kind: str) -> dict[str, Any]:
    return {"anyOf": [{"type": kind}, {"type": "null"}]}


SCHEMA = _object(
    {
        "traits": {
            "type": "array",
            "items": _object(
                {
                    "facet": {"type": "string", "enum": [str(facet) for facet in Facet if facet is not Facet.AVOID]},
                    "value": {"type": "string"},
                    "polarity": {"type": "string", "enum": [str(polarity) for polarity in Polarity]},
                    "strength": {"type": "integer", "enum": [1, 2, 3]},
                    "evidence": {"type": "string"},
                    "amount": _or_null("number"),
                    "currency": _or_null("string"),
                    "grams": _or_null("number"),
                }
            ),
        },
        "remove": {"type": "array", "items": {"type": "integer"}},
        "summary": {"type": "string"},
    }
)  # what both services take as strict: every property required, nothing besides, no bounds


@lru_cache(maxsize=1)
def _system() -> str:
    """The curator's words, with the values that the catalogue knows."""
    text = text_of("extraction_prompt.txt")
    for facet, known in values().items():
        text = text.replace(f"{{{facet}}}", ", ".join(known))
    return text


def extraction_prompt(context: Context, *, falling: Sequence[Line] = ()) -> Prompt:
    """What is the same for everybody first, then the turn as data. `falling` are the lines to be folded into a new summary."""
    fresh = _fresh(context)
    card = [_told(n, trait) for n, trait in _numbered(context).items() if trait.id not in fresh]
    understood = [_told(n, trait) for n, trait in _numbered(context).items() if trait.id in fresh]
    if context.understanding.coffee_name:
        understood.append({"coffee_name": cleaned(context.understanding.coffee_name, 80)})
    parts = [
        fenced("card", compact(card)),
        fenced("understood", compact(understood)),
        fenced("before", compact([_spoken(line, SAID) for line in context.history[-BEFORE:]])),
    ]
    if falling:
        parts.append(fenced("summary", cleaned(context.summary, SUMMARY)))
        parts.append(fenced("leaving", compact([_spoken(line, FALLEN) for line in falling[-LEAVING:]])))
    parts.append(fenced("shopper", cleaned(context.message, MESSAGE)))
    return Prompt(_system(), (("user", "\n".join(parts)),), max_tokens=MAX_TOKENS, schema=SCHEMA, cache_key="coffeebot-profile")


def _numbered(context: Context) -> dict[int, Trait]:
    """The card's lines under the numbers that a model knows them by."""
    return dict(enumerate(context.profile[-CARD:], start=1))


def _fresh(context: Context) -> set[UUID]:
    """The lines that the rules have read in this message."""
    return {trait.id for trait in context.understanding.change.add}


def _told(n: int, trait: Trait) -> dict[str, Any]:
    told: dict[str, Any] = {"n": n, "facet": trait.facet, "value": cleaned(trait.value, 80), "polarity": trait.polarity}
    told |= {"strength": trait.strength, "said": cleaned(trait.evidence, 120)}
    if trait.amount is not None:
        told |= {"amount": f"{trait.amount:f}", "currency": trait.currency, "grams": f"{trait.grams:f}" if trait.grams else None}
    return told | ({"by_hand": True} if trait.source is Source.SHOPPER else {})


def _spoken(line: Line, limit: int) -> dict[str, str]:
    return {"by": line.role, "text": cleaned(line.text, limit)}


def parse_extraction(text: str, context: Context) -> Refinement:
    """What of an answer can be believed. Raises ProviderFailed (malformed) when it cannot be read at all."""
    answer = _read(text)
    struck = _struck(answer.get("remove"), context)
    added = tuple(_added(answer["traits"], context, {trait.id for trait in struck}))
    fresh = _fresh(context)
    removed = tuple(trait.id for trait in struck if trait.id not in fresh or any(_corrects(new, trait) for new in added))
    summary = answer.get("summary")
    return Refinement(ProfileChange(added, removed), in_plain_words(summary) if isinstance(summary, str) else "")


def _read(text: str) -> dict[str, Any]:
    """The JSON of an answer, also when a server without schemas puts words around it."""
    try:
        answer = json.loads(text[text.index("{") : text.rindex("}") + 1]) if len(text) <= LONGEST else None
    except (ValueError, RecursionError) as error:
        raise ProviderFailed(Failure.MALFORMED, detail=f"the profile is no JSON: {type(error).__name__}") from error
    if not isinstance(answer, dict) or not isinstance(answer.get("traits"), list):
        raise ProviderFailed(Failure.MALFORMED, detail="the profile is not of the shape that was asked for")
    return answer


def _struck(numbers: Any, context: Context) -> list[Trait]:
    """The lines that are to go, none of the shopper's own."""
    numbered = _numbered(context)
    asked = dict.fromkeys(n for n in numbers if type(n) is int and n in numbered) if isinstance(numbers, list) else {}
    return [numbered[n] for n in asked if numbered[n].source is not Source.SHOPPER]


def _added(lines: list[Any], context: Context, struck: Collection[UUID]) -> Iterator[Trait]:
    """What the lines say that the card does not, each line once."""
    message = Words(context.message)
    read: dict[tuple[str, str, bool], Trait] = {}
    for line in lines[: MOST * 4]:
        for trait in traits_of(line, message):
            read.setdefault(trait.key, trait)
    found = [trait for trait in read.values() if _is_news(trait, context) and not _is_double(trait, context, struck)][:MOST]
    groups = {trait.key: trait.group for trait in context.profile}
    yield from (replace(trait, group=_group(trait, found) or groups.get(trait.key, "")) for trait in found)


def _is_news(trait: Trait, context: Context) -> bool:
    """Whether the card does not say it already. What the rules read in this message is made firmer, never softer."""
    old = next((known for known in context.profile if known.key == trait.key), None)
    if old is None:
        return True
    same = (old.polarity, old.strength, old.amount, old.currency, old.grams)
    if old.source is Source.SHOPPER or same == (trait.polarity, trait.strength, trait.amount, trait.currency, trait.grams):
        return False
    return old.id not in _fresh(context) or (trait.hard >= old.hard and trait.strength >= old.strength)


def _is_double(trait: Trait, context: Context, struck: Collection[UUID]) -> bool:
    """Whether the rules made another line of the same kind out of the same words, and that line stays."""
    fresh = _fresh(context) - set(struck)
    return any(
        known.id in fresh and _same_kind(trait, known) and trait.key != known.key and within(trait.evidence, known.evidence)
        for known in context.profile
    )


def _same_kind(one: Trait, other: Trait) -> bool:
    alike = one.facet is other.facet or (one.facet in _TASTE and other.facet in _TASTE)
    return alike and (one.polarity is Polarity.AVOID) == (other.polarity is Polarity.AVOID)


def _corrects(new: Trait, old: Trait) -> bool:
    """Whether a line is another reading of the words of an old one."""
    return new.key != old.key and bool(old.evidence) and (within(new.evidence, old.evidence) or within(old.evidence, new.evidence))


def _group(trait: Trait, found: Sequence[Trait]) -> str:
    """Tastes that the same words ask for are alternatives."""
    if trait.facet not in _TASTE or trait.polarity is Polarity.AVOID:
        return ""
    beside = [t for t in found if _same_kind(t, trait) and t.evidence == trait.evidence]
    return "any of " + ", ".join(sorted(t.value for t in beside)) if len(beside) > 1 else ""


_TAGS = re.compile(r"<[^<>]{0,200}>")
_ANCHORS = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\))?")
_LINKS = re.compile(r"(?:[a-z][a-z+.-]{0,20}://|www\.|mailto:)\S*|\b(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}(?:[/:?#]\S*|\b)", re.IGNORECASE)
_MARKUP = re.compile(r"[*_#`|~\[\]]+")


def in_plain_words(text: str, limit: int = SUMMARY) -> str:
    """A model's prose without tags, links and markup, at most `limit` characters."""
    bare = _ANCHORS.sub(r"\1", _TAGS.sub(" ", visible(text[: limit * 2])))
    return cleaned(_LINKS.sub("", _MARKUP.sub(" ", _LINKS.sub("", bare))), limit)
