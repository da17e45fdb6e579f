"""The list of the shopper's conversations: searched, renamed in place, deleted with a way back."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from coffeebot.services.views import ConversationLine, ConversationList
from coffeebot.state.bare import bare
from coffeebot.state.calendar import span
from coffeebot.state.notice import told
from coffeebot.state.thread import Thread
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import word

PART = 40  # rows that are shown at once, and added by "Show more"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of an excerpt; `hit` when it is what was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`when` stands above the first row of its span of days, else it is "". `who` said what was found, "" when only the title has it."""

    id: str
    title: str
    when: str
    who: str
    found: tuple[Run, ...]


class Conversations(rx.State):
    """`left` are those below the last row. `renaming` and `deleted` are ids, "" for none; the latter can be brought back."""

    rows: list[Row] = []
    left: int = 0
    query: str = ""
    summary: str = ""
    renaming: str = ""
    deleted: str = ""
    deleted_title: str = ""

    _shown: int = PART
    _was_open: bool = False

    @rx.event(background=True, supersedes=True)
    async def watch(self) -> None:
        """Reads the list, and again whenever something changes in it: from another tab, or by what is said."""
        owner = None
        async with self, told(bare(self)):
            owner = shopper(self)
        if owner is None:
            return
        async for _ in services().archive.changes(owner):
            async with self:
                wanted = self.query, self._shown
            found = await services().archive.list(owner, query=wanted[0], limit=wanted[1])
            async with self:
                if wanted == (self.query, self._shown):  # otherwise it was read in the meantime
                    bare(self)._show(found)

    @rx.event
    async def search(self, query: str) -> None:
        """Shows the conversations with these words; all of them without any."""
        self.query = query.strip() if isinstance(query, str) else ""
        self._shown = PART
        async with told(self):
            await self._read()

    @rx.event
    async def more(self) -> None:
        self._shown += PART
        async with told(self):
            await self._read()

    @rx.event
    def begin_rename(self, conversation: str) -> None:
        self.renaming = conversation if isinstance(conversation, str) else ""

    @rx.event
    def keep_name(self) -> None:
        """Gives the renaming up."""
        self.renaming = ""

    @rx.event
    async def rename(self, form: dict[str, str]) -> None:
        """Gives the conversation in hand another name; an empty one is its first words again."""
        name = form.get("name") if isinstance(form, Mapping) else None
        if not isinstance(name, str) or not self.renaming:  # an empty name says something, a missing one does not
            return
        async with told(self, afresh=True):
            await services().archive.rename(self.renaming, name, shopper_id=shopper(self))
            self.renaming = ""
            await self._read()

    @rx.event
    async def delete(self, conversation: str) -> EventSpec | None:
        """Takes it off the list, with a way back; whoever has it open goes to a blank sheet."""
        if not isinstance(conversation, str):
            return None
        thread = await self.get_state(Thread)
        self._was_open = False
        async with told(self, afresh=True):
            owner = shopper(self)
            title = await services().archive.delete(conversation, shopper_id=owner)
            await services().replies.stop(conversation, shopper_id=owner)
            self.deleted, self.deleted_title, self.renaming = conversation, title or word("untitled"), ""
            self._was_open = thread.id == conversation
            await self._read()
        return rx.redirect("/?c=new", replace=True) if self._was_open else None

    @rx.event
    async def undelete(self) -> EventSpec | None:
        """Brings back what was deleted last, and opens it if it was open."""
        back, self.deleted = self.deleted, ""
        if not back:
            return None
        async with told(self, afresh=True):
            await services().archive.undelete(back, shopper_id=shopper(self))
            await self._read()
            return rx.redirect(f"/?c={back}", replace=True) if self._was_open else None
        return None

    @rx.event
    def let_go(self) -> None:
        """Offers the way back no longer."""
        self.deleted = ""

    async def _read(self) -> None:
        self._show(await services().archive.list(shopper(self), query=self.query, limit=self._shown))

    def _show(self, found: ConversationList) -> None:
        """Writes only what changed, because whatever is written is sent."""
        rows, left, summary = _rows(found.lines), found.found - len(found.lines), _summary(found) if self.query else ""
        if (rows, left, summary) != (self.rows, self.left, self.summary):
            self.rows, self.left, self.summary = rows, left, summary


def _summary(found: ConversationList) -> str:
    return word("conversations.found", found=found.found, total=found.total) if found.found else word("conversations.not_found")


def _rows(lines: tuple[ConversationLine, ...]) -> list[Row]:
    rows, above = [], ""
    for line in lines:
        when = span(line.updated_at)
        rows.append(_row(line, when if when != above else ""))
        above = when
    return rows


def _row(line: ConversationLine, when: str) -> Row:
    said = line.found
    who = "" if said is None else word("conversations.you" if said.role == "shopper" else "conversations.barista")
    return Row(line.id, line.title or word("untitled"), when, who, tuple(Run(text, hit) for text, hit in said.runs) if said else ())
