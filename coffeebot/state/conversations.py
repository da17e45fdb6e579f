"""The list of the shopper's conversations."""

from dataclasses import dataclass

import reflex as rx

from coffeebot.services.views import ConversationLine
from coffeebot.state.calendar import day
from coffeebot.state.notice import told
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import word


@dataclass(frozen=True, slots=True)
class Row:
    """`when` stands above the first row of its day, else it is ""."""

    id: str
    title: str
    when: str


class Conversations(rx.State):
    rows: list[Row] = []

    @rx.event
    async def load(self) -> None:
        async with told(self):
            self.rows = _rows(await services().conversations.list(shopper(self)))


def _rows(lines: list[ConversationLine]) -> list[Row]:
    rows, above = [], ""
    for line in lines:
        when = day(line.updated_at)
        rows.append(Row(line.id, line.title or word("untitled"), when.capitalize() if when != above else ""))
        above = when
    return rows
