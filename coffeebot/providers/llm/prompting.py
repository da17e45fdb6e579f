"""Puts a turn into words for a model: what is the same for everybody first, then the conversation, then this turn as data."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from coffeebot.domain.labels import label
from coffeebot.domain.message import COFFEELESS, OF_THE_OFFERED
from coffeebot.domain.query import Relaxation
from coffeebot.domain.taste import Trait
from coffeebot.domain.turn import Question
from coffeebot.domain.untrusted import cleaned, visible
from coffeebot.providers.llm.base import Context, Line
from coffeebot.providers.llm.candidates import NAME, shelf_facts
from coffeebot.providers.llm.house import closing
from coffeebot.providers.llm.model import Prompt
from coffeebot.providers.llm.search_tool import TOOL

PROMPTS = Path(__file__).parents[2] / "prompts"
COFFEES, TRAITS = 10, 24  # that a model is told of
MESSAGE, LINE, SUMMARY, EVIDENCE, LABEL, QUESTION = 4000, 1500, 1000, 120, 120, 200  # characters
CHARS_A_TOKEN = 3.5  # of a script with spaces; of the others a character is about one
_DENSE = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")  # kana, Han, Hangul and their signs


@lru_cache(maxsize=8)
def text_of(name: str) -> str:
    """A file of coffeebot/prompts."""
    return (PROMPTS / name).read_text(encoding="utf-8").strip()


def system_prompt(site_name: str) -> str:
    return text_of("system_prompt.txt").replace("{site_name}", visible(site_name))


def tokens_in(text: str) -> int:
    """About how many tokens a text has."""
    dense = len(_DENSE.findall(text))
    return round(dense + (len(text) - dense) / CHARS_A_TOKEN)


def compact(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)


def prompt_for(context: Context, *, system: str, max_tokens: int) -> Prompt:
    """The request for a reply. It ends with the shopper's message, or, for a reply that broke off, with how to go on."""
    turns = [*history(context.history), ("user", this_turn(context))]
    if context.resume:
        turns += [("assistant", begun(context)), ("user", GO_ON)]
    return Prompt(system=system, turns=alternating(turns), max_tokens=max_tokens, tools=(TOOL,), cache_key=_key(system))


GO_ON = (
    "Your answer broke off at this point. Go on with the very next word, as if nothing had happened: repeat nothing, do not start "
    "again, and do not speak of the interruption. References stay as they are."
)


@lru_cache(maxsize=8)
def _key(system: str) -> str:
    """Of all requests with the same beginning: those of one place, until a curator edits the prompt."""
    return f"coffeebot-{sha256(system.encode()).hexdigest()[:16]}"


def begun(context: Context) -> str:
    """The beginning of a reply that broke off, with references where the page put names."""
    text = prose(context.resume)
    for number, coffee in enumerate(context.candidates, start=1):
        text = text.replace(f"**{cleaned(coffee.name.replace('*', ''), LINE)}**", f"[[c{number}]]")
    return text


def prose(text: str) -> str:
    """What a barista said, cleaned, its paragraphs and lists as they were."""
    return "\n".join(cleaned(line, LINE) for line in text.splitlines()).strip()


def history(lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """What was said before, as much of it as a turn remembers."""
    for line in lines:
        barista = line.role == "barista"
        yield ("assistant", prose(line.text)) if barista else ("user", fenced("shopper", cleaned(line.text, MESSAGE)))


def alternating(turns: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """All services want turns with words in them, which alternate and begin with the user."""
    merged: list[tuple[str, str]] = []
    for role, text in turns:
        if not text or (not merged and role == "assistant"):
            continue
        if merged and merged[-1][0] == role:
            text = f"{merged.pop()[1]}\n\n{text}"
        merged.append((role, text))
    return tuple(merged)


def this_turn(context: Context) -> str:
    """Everything that is known of the turn, as fenced JSON, and the message last."""
    parts = [
        fenced("earlier", cleaned(context.summary, SUMMARY)) if context.summary else "",
        fenced("card", compact(card_of(context.profile))),
        fenced("catalogue", "\n".join(compact(facts) for facts in _shelf(context))),
        fenced("turn", compact(_turn(context))),
        fenced("shopper", cleaned(context.message, MESSAGE)),
    ]
    return "\n".join(part for part in parts if part)


def fenced(name: str, text: str) -> str:
    return f"<{name}>\n{text}\n</{name}>"


def card_of(profile: Sequence[Trait]) -> list[dict[str, Any]]:
    """The taste card: each line as the page shows it, and the words it came from."""
    return [
        {
            "is": str(trait.polarity),
            "strength": trait.strength,
            "line": cleaned(label(trait), LABEL),
            "said": cleaned(trait.evidence, EVIDENCE),
        }
        for trait in profile[-TRAITS:]
    ]


def _shelf(context: Context) -> list[dict[str, Any]]:
    coffees = [(f"c{n}", coffee) for n, coffee in enumerate(context.candidates[:COFFEES], start=1)]
    return shelf_facts(coffees, context.profile)


def _turn(context: Context) -> dict[str, Any]:
    """What is known of the turn itself: what fits, or why nothing does; the question that the page will ask; who speaks how."""
    question = next((speech for speech in closing(context) if isinstance(speech, Question)), None)
    return {
        **_fit(context),
        **_spoken_of(context),
        **({"next_question": cleaned(question.text, QUESTION)} if question else {}),
        "seems": str(context.understanding.intent),
        "language": context.understanding.language,
        "number": context.turn,
    }


def _spoken_of(context: Context) -> dict[str, Any]:
    """The coffees shown before that the message speaks of, and what keeps out the one that was asked after."""
    meant = {coffee.id for coffee in context.about}
    told: dict[str, Any] = {"speaks_of": refs} if (refs := [f"c{n}" for n, c in enumerate(context.candidates, 1) if c.id in meant]) else {}
    verdict = context.verdict
    if verdict is None:
        return told
    if verdict.coffee is None:
        return told | {"asked_after": "not on the shelf"}
    breaks, unstated = ([cleaned(label(t), LABEL) for t in traits] for traits in (verdict.broken, verdict.unknown))
    return told | {"asked_after": {"coffee": cleaned(verdict.coffee.name, NAME), "breaks": breaks, "unstated": unstated}}


def _fit(context: Context) -> dict[str, Any]:
    matches = context.matches
    if context.understanding.intent in COFFEELESS | OF_THE_OFFERED:
        return {}
    if matches.count:
        told: dict[str, Any] = {"fit": matches.count, "unstated": matches.unknown}
        return told if matches.candidates else told | {"all_shown_before": True}
    if not context.coffees:
        return {"shelf": "empty"}
    if matches.relax:
        return {"nothing_fits": [_relaxation(relaxation) for relaxation in matches.relax]}
    return {"nothing_fits": "with the card as it is"} if context.profile and not matches.candidates else {}


def _relaxation(relaxation: Relaxation) -> dict[str, Any]:
    told = {"let_go_of": cleaned(label(relaxation.trait), LABEL), "opens": relaxation.opens}
    return told | ({"such_as": cleaned(relaxation.nearest.name, NAME)} if relaxation.nearest else {})
