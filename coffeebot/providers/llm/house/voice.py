"""One reply in the making: its language, what was heard before, and how a coffee is named in it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from coffeebot.domain.labels import joint, together
from coffeebot.domain.message import Intent
from coffeebot.domain.query import Candidate
from coffeebot.domain.speech import PHRASES, listed, say, sentence, spoken
from coffeebot.domain.taste import Facet, Trait
from coffeebot.providers.llm.base import Context

PICKS = 3
_NO_REFERENCE = re.compile(r"\[\[(?!c\d+\]\])(.*?)\]\]")
_NAMED = (Facet.REGION, Facet.VARIETY)  # their labels are names
_CAPITALS = ("Chemex", "Kalita", "Aero", "French", "Turkish", "Fair")
_OFFERING = (Intent.RECOMMEND, Intent.MORE, Intent.GREETING)


@dataclass(slots=True)
class Voice:
    """`fresh` words a sentence; nothing that this conversation heard is said again where there is another wording."""

    context: Context
    _used: Counter[str] = field(default_factory=Counter)

    @property
    def language(self) -> str:
        return spoken(self.context.understanding.language)

    @property
    def profile(self) -> tuple[Trait, ...]:
        return self.context.profile

    @property
    def picks(self) -> tuple[Candidate, ...]:
        return self.context.matches.candidates[:PICKS]

    @property
    def offers(self) -> bool:
        """Whether this reply is about coffees to choose from, so that a question may follow."""
        understood = self.context.understanding
        return bool(self.picks) and (understood.intent in _OFFERING or (understood.intent is Intent.COMPLAINT and not understood.topic))

    def ref(self, coffee: Candidate) -> str:
        """What stands for a coffee between double brackets; its name when it cannot be referred to."""
        place = next((n for n, known in enumerate(self.context.candidates, start=1) if known.id == coffee.id), 0)
        return f"c{place}" if place else coffee.name.replace("*", "")

    def fresh(self, key: str, **fields: object) -> str:
        """A wording that neither this reply nor this conversation has heard, where there is one."""
        told = self._wordings(key, **fields)
        return next((text for text in told if not self.heard(text)), told[0])

    def maybe(self, key: str, **fields: object) -> str:
        """As `fresh`, but rather nothing than the same again."""
        return next((text for text in self._wordings(key, **fields) if not self.heard(text)), "")

    def once(self, text: str) -> str:
        """A sentence of another's making, unless it was heard before."""
        return "" if self.heard(text) else text

    def _wordings(self, key: str, **fields: object) -> list[str]:
        """All wordings, the one whose turn it is first."""
        first = self.context.turn - 1 + self._used[key]
        self._used[key] += 1
        told = [say(key, self.language, variant=first + n, **fields) for n in range(len(PHRASES[self.language][key]))]
        return [_NO_REFERENCE.sub(r"**\1**", text) for text in told]

    def heard(self, text: str) -> bool:
        """Whether an earlier reply said it; there the markers have become names."""
        return any(sentence(self.named(text)) in said for said in self.context.said)

    def named(self, text: str) -> str:
        """The text as it is shown, with names in bold for the markers."""
        for number, coffee in enumerate(self.context.candidates, start=1):
            text = text.replace(f"[[c{number}]]", f"**{coffee.name.replace('*', '')}**")
        return text

    def recap(self) -> str:
        """What is known of the shopper, in a sentence."""
        labels = [self.mid_sentence(joint(same, language=self.language)) for same in together(self.profile)[:4]]
        return self.fresh("recap", labels=listed(labels, self.language)) if labels else self.fresh("recap.none")

    def mid_sentence(self, label: str) -> str:
        """ "Light roast" as it stands within a sentence; a name keeps its capital."""
        plain_word = label[1:2].islower() and not label.startswith(_CAPITALS)
        return label[:1].lower() + label[1:] if plain_word and not self._is_named(label) else label

    def _is_named(self, label: str) -> bool:
        return any(joint([t], language=self.language) == label and t.facet in _NAMED for t in self.profile)

    def joined(self, lines: Iterable[str]) -> str:
        """The sentences in a row, those that are empty left out."""
        return ("" if self.language == "ja" else " ").join(sentence(line) for line in lines if line)
