""" "Not for me": why a coffee is not, in reasons of its own, and the way back for one that was hidden."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventType

from coffeebot.domain.labels import label
from coffeebot.domain.refusal import DEAR, JUST_THIS, Refusal
from coffeebot.state.hand import Hand
from coffeebot.state.ids import known
from coffeebot.state.notice import told
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import speaking, word


@dataclass(frozen=True, slots=True)
class Reason:
    """`below` says what it will write on the card."""

    key: str
    text: str
    below: str


class Refusing(rx.State):
    """`coffee` is the id of the card whose reasons are open."""

    coffee: str = ""
    reasons: list[Reason] = []

    @rx.event
    async def open(self, coffee: str) -> None:
        """Shows the reasons of a card, or closes them."""
        opens = coffee != self.coffee
        self._close()
        if not opens:
            return
        async with told(self):
            shopper(self)
            reasons = await services().profile.refusals(known(coffee, "pick.gone"))
            self.coffee, self.reasons = coffee, [_reason(one) for one in reasons]

    @rx.event
    async def choose(self, key: str) -> EventType[()] | None:
        """Refuses the coffee for this reason."""
        hand = await self.get_state(Hand)
        said = next((one.text for one in self.reasons if one.key == key), "")
        coffee = self.coffee
        self._close()
        async with told(self, afresh=True):
            refused = known(coffee, "pick.gone")
            change = services().profile.refuse
            return await hand._change(lambda mine: change(refused, key, **mine), word("pick.refused", reason=said))
        return None

    @rx.event
    async def show(self, coffee: str) -> EventType[()] | None:
        """Lets a hidden coffee be shown again."""
        hand = await self.get_state(Hand)
        async with told(self, afresh=True):
            hidden = known(coffee, "pick.gone")
            return await hand._change(lambda mine: services().profile.unhide(hidden, **mine), word("pick.shown"))
        return None

    def _close(self) -> None:
        self.coffee, self.reasons = "", []


def _reason(refusal: Refusal) -> Reason:
    if refusal.trait is None:
        return Reason(JUST_THIS, word("pick.refuse.this"), word("pick.refuse.this.below"))
    line = label(refusal.trait, language=speaking.get())
    return Reason(DEAR, word("pick.refuse.dear"), line) if refusal.key == DEAR else Reason(refusal.key, line, word("pick.refuse.below"))
