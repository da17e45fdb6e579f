"""The house barista: speaks without a model, from the same context, and answers when no provider can."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from coffeebot.domain.coffee import RoastLevel
from coffeebot.domain.labels import joint, label, together
from coffeebot.domain.message import Intent
from coffeebot.domain.query import Candidate, Relaxation
from coffeebot.domain.reasons import notes, place
from coffeebot.domain.speech import NUMBERS, PHRASES, listed, say, sentence, spoken, term
from coffeebot.domain.taste import Facet, hard
from coffeebot.domain.turn import Followups, Question
from coffeebot.providers.llm.base import Context, Said, Speech
from coffeebot.providers.llm.knowledge import answer
from coffeebot.providers.llm.wishes import wish

PICKS = 3
FEW = 40  # up to this many fits it is worth saying how many more are silent about a wish
ROASTS = [level.value for level in RoastLevel]  # lightest first
_PIECE = re.compile(r"\S+\s*|\s+")  # one word with the space after it
_CHARACTERS = re.compile(r"\[\[[^\]]*\]\]|.{1,2}", re.DOTALL)  # languages without spaces speak by characters


class HouseBarista:
    """Speaks at `words_per_second` words a second (a reader's pace); 0 says all at once."""

    name = "house"

    def __init__(self, *, words_per_second: float = 30) -> None:
        self._pause = 1 / words_per_second if words_per_second else 0.0

    async def reply(self, context: Context) -> AsyncIterator[Speech]:
        voice = _Voice(context)
        for piece in _pieces(voice.prose(), voice.language):
            yield Said(piece)
            if self._pause:
                await asyncio.sleep(self._pause)
        for speech in closing(context):
            yield speech


def closing(context: Context) -> Iterator[Question | Followups]:
    """What follows the words, whoever spoke them: the question worth asking, and ways to go on."""
    voice = _Voice(context)
    if context.question and voice.offers:
        yield context.question
    if suggestions := tuple(voice.followups()):
        yield Followups(suggestions)


def _pieces(text: str, language: str) -> list[str]:
    return (_CHARACTERS if language == "ja" else _PIECE).findall(text)


@dataclass(slots=True)
class _Voice:
    """One reply in the making."""

    context: Context
    _used: Counter[str] = field(default_factory=Counter)

    @property
    def language(self) -> str:
        return spoken(self.context.understanding.language)

    @property
    def picks(self) -> tuple[Candidate, ...]:
        return self.context.matches.candidates[:PICKS]

    @property
    def offers(self) -> bool:
        """Whether this reply is about coffees to choose from, so that a question may follow."""
        return bool(self.picks) and self.context.understanding.intent in (Intent.RECOMMEND, Intent.MORE, Intent.GREETING)

    def prose(self) -> str:
        intent = self.context.understanding.intent
        if intent is Intent.ASK and (told := answer(self.context.understanding.topic, self.language)):
            return told
        if intent in (Intent.OFF_TOPIC, Intent.HOSTILE):
            return self._fresh(str(intent), Recap=self._recap())
        if intent is Intent.THANKS:
            return self._fresh("thanks")
        opening = f"{self._fresh('hello')}\n\n" if intent is Intent.GREETING else ""
        return opening + (self._recommendation() if self.picks else self._nothing())

    def followups(self) -> Iterator[str]:
        profile, intent = self.context.profile, self.context.understanding.intent
        if intent in (Intent.OFF_TOPIC, Intent.HOSTILE, Intent.THANKS) or (intent is Intent.ASK and not profile):
            yield from PHRASES[self.language]["follow.start"]
            return
        for facet in self._in_the_way():
            yield say("follow.forget", self.language, facet=_facet_name(facet, self.language))
        if self.context.matches.count > len(self.picks) > 0:
            yield say("follow.more", self.language)
        brewers = [t.value for t in profile if t.facet is Facet.BREW_METHOD]
        if brewers and intent is not Intent.ASK:
            yield say("follow.recipe", self.language, brewer=term(brewers[-1], self.language))
        processes = [p for coffee in self.picks for p in coffee.processes]
        if processes and intent is not Intent.ASK:
            yield say("follow.process", self.language, process=term(processes[0], self.language))

    def _in_the_way(self) -> list[Facet]:
        """What to let go of when nothing fits: what would open most, or, when no single wish would, those there are."""
        if self.context.matches.count or self.context.understanding.intent is Intent.ASK:
            return []
        opening = [r.trait.facet for r in self.context.matches.relax]
        return list(dict.fromkeys(opening or [t.facet for t in hard(self.context.profile)]))[:3]

    def _fresh(self, key: str, **fields: object) -> str:
        """A wording that neither this reply nor this conversation has heard, where there is one."""
        first = self.context.turn - 1 + self._used[key]
        self._used[key] += 1
        told = [say(key, self.language, variant=first + n, **fields) for n in range(len(PHRASES[self.language][key]))]
        return next((text for text in told if not self._heard(text)), told[0])

    def _heard(self, text: str) -> bool:
        """Whether an earlier reply said it; there the markers have become names."""
        for number, coffee in enumerate(self.picks, start=1):
            text = text.replace(f"[[c{number}]]", f"**{coffee.name}**")
        return any(sentence(text) in said for said in self.context.said)

    def _recap(self) -> str:
        labels = [joint(same, language=self.language) for same in together(self.context.profile)[:4]]
        return self._fresh("recap", labels=listed(labels, self.language)) if labels else self._fresh("recap.none")

    def _recommendation(self) -> str:
        lines = [self._intro(), self._first(self.picks[0])]
        lines += [self._other(number, coffee) for number, coffee in enumerate(self.picks[1:], start=2)]
        matches = self.context.matches
        if matches.unknown and matches.count <= FEW:
            lines.append(self._fresh("unknown", n=matches.unknown))
        return self._joined(sentence(line) for line in lines if line)

    def _intro(self) -> str:
        number = NUMBERS[self.language][len(self.picks)]
        words: dict[str, object] = {"number": number, "Number": sentence(number)}
        if self.context.understanding.intent is Intent.MORE:
            return self._fresh("intro.more", **words)
        if self.context.matches.count == 1:
            return self._fresh("intro.one", **words)
        if self.context.matches.count < PICKS:
            return self._fresh("intro.few", **words)
        told = wish(self.context.profile, self.language)
        return self._fresh("intro.wish", wish=told, **words) if told else self._fresh("intro.plain", **words)

    def _first(self, coffee: Candidate) -> str:
        key = "pick.first" if self.context.profile else "pick.start"  # nothing was wished for, so nothing is closest
        return self._fresh(key, ref="c1", notes=self._notes(coffee), make=self._make(coffee))

    def _make(self, coffee: Candidate) -> str:
        """ "a natural from Guji, Ethiopia", as far as it is known."""
        where = place(coffee, self.language)
        how = " ".join(term(p, self.language) for p in coffee.processes[:1])
        if self.language == "ja":
            return "、".join(part for part in (where, how) if part) or term(coffee.roast or "", self.language)
        known = " ".join(part for part in (how, f"from {where}" if where else "") if part)
        return known or (f"roasted {term(coffee.roast)}" if coffee.roast else f"from {coffee.roaster}")

    def _other(self, number: int, coffee: Candidate) -> str:
        """What sets a later pick apart from those before it."""
        before = self.picks[: number - 1]
        words: dict[str, object] = {"ref": f"c{number}", "notes": self._notes(coffee)}
        steps = [ROASTS.index(c.roast) for c in before if c.roast]
        new_process = next((p for p in coffee.processes if all(p not in c.processes for c in before)), None)
        if steps and coffee.roast and ROASTS.index(coffee.roast) < min(steps):
            return self._fresh("pick.lighter", **words)
        if steps and coffee.roast and ROASTS.index(coffee.roast) > max(steps):
            return self._fresh("pick.darker", **words)
        if new_process and all(c.processes for c in before):
            return self._fresh("pick.process", process=term(new_process, self.language), **words)
        if coffee.origins and all(coffee.origins != c.origins for c in before):
            return self._fresh("pick.origin", place=place(coffee, self.language), **words)
        return self._fresh("pick.other", **words)

    def _notes(self, coffee: Candidate) -> str:
        return notes(coffee, language=self.language) or coffee.roaster

    def _nothing(self) -> str:
        if not self.context.coffees:
            return say("empty_catalogue", self.language)
        if self.context.matches.count:  # some fit, but all have been shown
            return self._fresh("none.more")
        lines = [self._fresh("none")]
        keys = ("none.relax", "none.relax_more")
        for key, relaxation in zip(keys, self._relaxations(), strict=False):
            lines.append(self._relaxed(key, relaxation))
        return self._joined(lines if len(lines) > 1 else [*lines, self._fresh("none.hopeless")])

    def _relaxations(self) -> list[Relaxation]:
        return [r for r in self.context.matches.relax if r.opens and r.nearest]

    def _relaxed(self, key: str, relaxation: Relaxation) -> str:
        nearest = relaxation.nearest
        assert nearest is not None  # _relaxations saw to it
        told = label(relaxation.trait, language=self.language)
        return self._fresh(key, label=told, opens=relaxation.opens, name=nearest.name, notes=self._notes(nearest))

    def _joined(self, lines: Iterator[str] | list[str]) -> str:
        return ("" if self.language == "ja" else " ").join(lines)


def _facet_name(facet: Facet, language: str) -> str:
    return say(f"facet.{facet}", language)
