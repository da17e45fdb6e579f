"""How a message points at a coffee that was offered: "the second one", "the Kenyan", "both", by its name."""

from dataclasses import dataclass

from coffeebot.domain.taste import Trait

LAST = -1


@dataclass(frozen=True, slots=True)
class Reference:
    """One way of pointing.

    `place` counts the coffees last offered from 1, LAST is the last of them. `traits` are what it is said to have; `several` when
    more than one may be meant ("the two Ethiopians"). `name` is one of the names offered. `aspect` is a superlative ("cheaper" for "the
    cheapest one"). All of them empty: the coffee spoken of last ("it"), or with `several` all that were offered ("these"), and of
    `two` those that were spoken of last.
    """

    place: int = 0
    traits: tuple[Trait, ...] = ()
    name: str = ""
    aspect: str = ""
    several: bool = False
    two: bool = False

    @property
    def bare(self) -> bool:
        """Whether it says nothing but "it" or "these"."""
        return not (self.place or self.traits or self.name or self.aspect)
