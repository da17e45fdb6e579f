"""What the shopper's hand did last, in one line, and the way back."""

from dataclasses import dataclass
from uuid import UUID

import reflex as rx

from coffeebot.services.profile import Undo as Change


@dataclass(frozen=True, slots=True)
class Step:
    """A change of the card of `conversation`, or a coffee that was taken off the saved ones."""

    conversation: str = ""
    change: Change | None = None
    saved: UUID | None = None


class Undo(rx.State):
    """`text` is "" when nothing can be taken back."""

    text: str = ""

    _step: Step | None = None

    @rx.event
    def close(self) -> None:
        self._offer("", None)

    def _offer(self, text: str, step: Step | None) -> None:
        self.text, self._step = text, step
