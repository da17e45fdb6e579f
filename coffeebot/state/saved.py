"""The saved coffees: hearts on the cards, and the list beside the taste card."""

from dataclasses import dataclass

import reflex as rx

from coffeebot.services.saved import SavedCoffee
from coffeebot.state.card import priced
from coffeebot.state.ids import known
from coffeebot.state.notice import told
from coffeebot.state.thread import Thread
from coffeebot.state.undo import Step, Undo
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import word


@dataclass(frozen=True, slots=True)
class Line:
    """A saved coffee. `state` says when it is sold out or gone; `link` is "" where nobody sells it."""

    id: str
    name: str
    roaster: str
    image: str
    dark: str
    price: str
    state: str
    link: str
    ad: bool


class Saved(rx.State):
    ids: list[str] = []
    lines: list[Line] = []

    @rx.event
    async def load(self) -> None:
        async with told(self):
            found = await services().saved.list(shopper(self))
            self.ids, self.lines = [str(one.id) for one in found], [_line(one) for one in found]

    @rx.event
    async def toggle(self, coffee: str) -> None:
        """Saves a coffee, or takes it off the saved ones."""
        thread, undo = await self.get_state(Thread), await self.get_state(Undo)
        async with told(self, afresh=True):
            chosen, owner = known(coffee, "pick.gone"), shopper(self)
            if str(chosen) in self.ids:
                name = next((line.name for line in self.lines if line.id == str(chosen)), "")
                await services().saved.remove(chosen, shopper_id=owner)
                undo._offer(word("saved.removed", name=name), Step(saved=chosen))
            else:
                await services().saved.save(chosen, shopper_id=owner, conversation_id=thread.id or None)
            found = await services().saved.list(owner)
            self.ids, self.lines = [str(one.id) for one in found], [_line(one) for one in found]


def _line(saved: SavedCoffee) -> Line:
    pick = saved.pick
    if pick is None:
        return Line(str(saved.id), saved.name, saved.roaster, "", "", "", word("saved.gone"), "", ad=False)
    dark = f"{pick.image}?theme=dark" if pick.image.startswith("/plates/") else ""
    state = "" if pick.in_stock else word("saved.sold_out")
    return Line(
        str(saved.id), saved.name, saved.roaster, pick.image, dark, priced(pick.price), state, pick.link or "", ad=bool(pick.affiliate)
    )
