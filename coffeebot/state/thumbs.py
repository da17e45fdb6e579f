"""Thumbs on the barista's answers, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from coffeebot.domain.opinion import Opinion
from coffeebot.state.ids import field, known
from coffeebot.state.notice import told
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import word

NONE = Opinion("")


@dataclass(frozen=True, slots=True)
class Thumb:
    """`verdict` is "up" or "down"; an answer without a thumb has none of these."""

    verdict: str
    reason: str = ""
    comment: str = ""


class Thumbs(rx.State):
    """What was `given`, by message id; `asking` is the message whose reasons are open, `said` what a screen reader is told."""

    given: dict[str, Thumb] = {}
    asking: str = ""
    said: str = ""

    @rx.event
    async def press(self, message: str, verdict: str) -> None:
        """A thumb; the one that is pressed already is taken back."""
        async with told(self):
            if verdict == self._opinion(message).verdict:
                await self._take_back(message)
            else:
                await self._give(message, Opinion(str(verdict)))
                self.asking, self.said = message, word(f"thumbs.{verdict}.given")

    @rx.event
    async def because(self, message: str, reason: str) -> None:
        """A reason beside the thumb; the one that is ticked already is taken off."""
        async with told(self):
            old = self._opinion(message)
            await self._give(message, Opinion(old.verdict, "" if reason == old.reason else str(reason), old.comment))

    @rx.event
    async def tell(self, form: dict[str, str]) -> None:
        """The reason in the shopper's own words."""
        message, comment = field(form, "answer"), field(form, "comment")
        if not message:
            return
        async with told(self):
            old = self._opinion(message)
            await self._give(message, Opinion(old.verdict, old.reason, comment))
            self.asking, self.said = "", word("thumbs.noted")

    def _fill(self, opinions: Mapping[UUID, Opinion]) -> None:
        self.given, self.asking, self.said = {}, "", ""
        self._add(opinions)

    def _add(self, opinions: Mapping[UUID, Opinion]) -> None:
        if opinions:
            self.given = {**self.given, **{str(message): _thumb(opinion) for message, opinion in opinions.items()}}

    def _opinion(self, message: object) -> Opinion:
        thumb = self.given.get(message) if isinstance(message, str) else None
        return Opinion(thumb.verdict, thumb.reason, thumb.comment) if thumb else NONE

    async def _give(self, message: str, new: Opinion) -> None:
        kept = await services().feedback.give(
            known(message, "thumbs.gone"), verdict=new.verdict, reason=new.reason, comment=new.comment, shopper_id=shopper(self)
        )
        self.given = {**self.given, message: _thumb(kept)}

    async def _take_back(self, message: str) -> None:
        await services().feedback.take_back(known(message, "thumbs.gone"), shopper_id=shopper(self))
        self.given = {other: thumb for other, thumb in self.given.items() if other != message}
        self.asking, self.said = "", word("thumbs.taken_back")


def _thumb(opinion: Opinion) -> Thumb:
    return Thumb(opinion.verdict, opinion.reason, opinion.comment)
