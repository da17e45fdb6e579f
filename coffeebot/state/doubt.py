""" "Why not this one?", asked of a coffee by its name, on the taste card."""

import reflex as rx

from coffeebot.domain.errors import CoffeebotError
from coffeebot.services.doubts import Doubt as Answer
from coffeebot.state.card import Way
from coffeebot.state.errors import in_words
from coffeebot.state.ids import field
from coffeebot.state.thread import Thread
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import listed, word


class Doubt(rx.State):
    """`told` is the answer, line by line; `ways` the musts that can be let go."""

    name: str = ""
    told: list[str] = []
    ways: list[Way] = []

    @rx.event
    async def ask(self, form: dict[str, str]) -> None:
        """What stands in the way of the coffee that was named."""
        thread = await self.get_state(Thread)
        try:
            await thread._restore()
            found = await services().doubts.about(field(form, "name"), shopper_id=shopper(self), conversation_id=thread.id)
        except CoffeebotError as error:
            self.name, self.told, self.ways = "", [in_words(error.said, **error.values)], []
            return
        self.name = "" if found.kind == "missing" else f"{found.name}, {found.roaster}"
        self.told, self.ways = _told(found), [Way(str(o.trait_id), o.label) for o in found.obstacles]


def _told(answer: Answer) -> list[str]:
    said = [word(f"doubt.{answer.kind}", name=answer.name, make=answer.make, place=answer.place)]
    said += [
        word("doubt.obstacle", label=obstacle.label, fact=obstacle.fact) if obstacle.fact else word("doubt.silent", label=obstacle.label)
        for obstacle in answer.obstacles
    ]
    if answer.lacking and answer.kind in ("behind", "far"):
        said.append(word("doubt.lacking", lacking=listed(list(answer.lacking))))
    return said
