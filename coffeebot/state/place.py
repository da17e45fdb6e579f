"""What the empty page says of the place."""

import reflex as rx

from coffeebot.state.calendar import day
from coffeebot.state.notice import told
from coffeebot.state.profile import Profile
from coffeebot.wiring import services
from coffeebot.words import word


class Place(rx.State):
    shelf: str = ""
    prices: str = ""
    samples: bool = False

    @rx.event
    async def load(self) -> None:
        async with told(self):
            summary = await services().catalogue.summary()
            self.shelf = word("hello.coffees", coffees=f"{summary.coffees:,}", roasters=f"{summary.roasters:,}")
            self.prices = word("hello.prices", when=day(summary.prices_seen_at)) if summary.prices_seen_at else ""
            self.samples = summary.samples
            (await self.get_state(Profile))._write(None, catalogue=summary.coffees)
