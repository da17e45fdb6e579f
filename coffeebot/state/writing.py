"""The taste card under the pen: one line open for editing, and new lines chosen from the vocabulary or said in a sentence."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from coffeebot.domain.choices import BREWING, LIMITS, choices, facet_of
from coffeebot.domain.errors import CoffeebotError
from coffeebot.domain.taste import Facet
from coffeebot.state.errors import in_words
from coffeebot.state.hand import Change, Hand
from coffeebot.state.ids import field, known
from coffeebot.state.notice import told
from coffeebot.state.profile import Profile
from coffeebot.wiring import services
from coffeebot.words import speaking, word


class Writing(rx.State):
    """`editing` is the open line's id, `value` its value and `values` those it may have; `weighs` whether it knows degrees.

    `facet` is what a new line is about and `options` its values. `problem` stands beside the form that it is about; what was typed stays
    there until it is `written`, which counts the new lines.
    """

    editing: str = ""
    value: str = ""
    values: list[str] = []
    weighs: bool = True
    facet: str = Facet.FLAVOUR.value
    options: list[str] = list(choices(Facet.FLAVOUR))
    problem: str = ""
    adding: bool = False
    written: int = 0

    @rx.event
    async def open(self, trait: str) -> None:
        """Opens a line for editing, and closes it when it is open."""
        profile = await self.get_state(Profile)
        line = profile._line(trait)
        self.problem = ""
        if line is None or self.editing == str(line.id):
            self.editing = ""
            return
        facet = Facet(line.facet)
        self.editing, self.value = str(line.id), profile._value(line)
        self.values, self.weighs = list(choices(facet, speaking.get())), facet not in (*BREWING, *LIMITS)

    @rx.event
    async def save(self, form: dict[str, str]) -> EventType[()] | None:
        """Writes the open line anew."""
        profile, hand = await self.get_state(Profile), await self.get_state(Hand)
        strength = field(form, "strength")
        wanted: dict[str, Any] = {
            "value": "" if field(form, "value") == self.value else field(form, "value"),
            "polarity": field(form, "polarity") or profile._side(self.editing),
            "strength": int(strength) if strength in ("1", "2", "3") else 2,
        }
        try:
            line = known(self.editing, "taste.gone")
            done = await hand._change(lambda mine: services().profile.edit(line, **wanted, **mine), word("taste.edited"))
        except CoffeebotError as error:
            self.problem = in_words(error.said, **error.values)
            return None
        self.editing = self.problem = ""
        return done

    @rx.event
    def toggle(self) -> None:
        """Opens or closes the form for a new line."""
        self.adding, self.problem, self.editing = not self.adding, "", ""

    @rx.event
    async def about(self, facet: str) -> None:
        """What the new line is about."""
        async with told(self):
            chosen = facet_of(facet)
            self.facet, self.options = chosen.value, list(choices(chosen, speaking.get()))

    @rx.event
    async def add(self, form: dict[str, str]) -> EventType[()] | None:
        """Writes a line that was chosen."""
        line: dict[str, Any] = {"facet": field(form, "facet"), "value": field(form, "value"), "polarity": field(form, "polarity")}
        return await self._write(lambda mine: services().profile.add(**line, **mine))

    @rx.event
    async def say(self, form: dict[str, str]) -> EventType[()] | None:
        """Writes the lines of a sentence."""
        sentence = field(form, "sentence")
        return await self._write(lambda mine: services().profile.write(sentence, **mine))

    async def _write(self, change: Change) -> EventType[()] | None:
        hand = await self.get_state(Hand)
        try:
            done = await hand._change(change, word("taste.added"))
        except CoffeebotError as error:
            self.problem = in_words(error.said, **error.values)
            return None
        self.problem, self.written = "", self.written + 1
        return done
