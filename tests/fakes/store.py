"""Conversations in memory."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from coffeebot.domain.errors import BadInput, MessageTooLong, NotFound
from coffeebot.domain.opinion import Opinion, checked
from coffeebot.domain.prose import plain
from coffeebot.domain.taste import Trait
from coffeebot.domain.turn import Considered, TraitLine
from coffeebot.models import Conversation, Message
from coffeebot.services.archive import excerpt, searched
from coffeebot.services.export import Document, Export
from coffeebot.services.history import SHOWN
from coffeebot.services.news import News
from coffeebot.services.profile import Changed
from coffeebot.services.reranking import Ranked
from coffeebot.services.transcript import Turn
from coffeebot.services.views import ConversationLine, ConversationList, ConversationView, EarlierView, Excerpt, MessageView
from tests.fakes.said import COFFEES, FITTING, MOST_CHARS, TRAITS


@dataclass
class Kept:
    """One conversation in memory."""

    id: str
    shopper_id: UUID
    title: str = ""
    name: str = ""
    deleted: bool = False
    messages: list[MessageView] = field(default_factory=list)
    traits: tuple[TraitLine, ...] = ()
    aside: list[MessageView] = field(default_factory=list)
    updated_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def _all_of(kept: Kept) -> str:
    return "\n".join([kept.name or kept.title, *(message.text for message in kept.messages)]).lower()


def _found(kept: Kept, words: tuple[str, ...]) -> Excerpt | None:
    most = [(sum(word.lower() in m.text.lower() for word in words), n) for n, m in enumerate(kept.messages)]
    said = kept.messages[max(most)[1]] if any(has for has, _ in most) else None
    return Excerpt(said.role, excerpt(plain(said.text), words)) if said else None


class Store:
    """All conversations; a transcript to the hub, and the `conversations`, `archive`, `export` and `profile` services to the page."""

    def __init__(self) -> None:
        self.news = News()
        self.kept: dict[str, Kept] = {}
        self.opinions: dict[UUID, Opinion] = {}
        self.calls: list[str] = []

    # the transcript
    async def begin(self, conversation_id: str, text: str, *, shopper_id: UUID, message_id: UUID | None = None) -> Turn:
        if not text.strip():
            raise BadInput("Say something first: the message is empty.")
        if len(text) > MOST_CHARS:
            raise MessageTooLong(
                "That is {count} characters; a message may have {most}. Shorten it and send it again.", count=len(text), most=MOST_CHARS
            )
        kept = self._own(conversation_id, shopper_id)
        kept.title, kept.aside, said_at = kept.title or text[:60], [], datetime.now(UTC)
        kept.messages.append(MessageView(message_id or uuid4(), role="shopper", text=text.strip(), status="complete", created_at=said_at))
        return self._answering(kept)

    async def begin_anew(self, text: str, *, shopper_id: UUID, message_id: UUID | None = None) -> Turn:
        conversation = await self.create(shopper_id)
        try:
            return await self.begin(conversation, text, shopper_id=shopper_id, message_id=message_id)
        except BadInput:
            del self.kept[conversation]
            raise

    async def edit(self, conversation_id: str, message_id: UUID, text: str, *, shopper_id: UUID) -> Turn:
        kept = self._own(conversation_id, shopper_id)
        at = next((n for n, m in enumerate(kept.messages) if m.id == message_id and m.role == "shopper"), None)
        if at is None:
            raise NotFound("That message is no longer part of the conversation. Reload the page to see how it stands.")
        before = list(kept.messages)
        del kept.messages[at:]
        kept.title = kept.title if at else ""
        try:
            turn = await self.begin(conversation_id, text, shopper_id=shopper_id)
        except BadInput:
            kept.messages = before
            raise
        kept.aside = before[at:]
        return turn

    async def undo_edit(self, conversation_id: str, *, shopper_id: UUID) -> tuple[Turn, str]:
        kept = self._own(conversation_id, shopper_id)
        if not kept.aside:
            raise NotFound("There is nothing to bring back any more: the conversation went on.")
        at = next(n for n, m in enumerate(kept.messages) if m.created_at > kept.aside[0].created_at and m.role == "shopper")
        kept.messages, kept.aside = kept.messages[:at] + kept.aside, []
        kept.title = kept.messages[0].text[:60]
        *_, said, last = kept.messages
        turn = Turn(kept.id, kept.shopper_id, last.id, said.id, said.text, len(kept.messages) // 2, resume=last.text, parts=last.parts)
        return turn, last.status

    async def again(self, conversation_id: str, *, shopper_id: UUID) -> Turn:
        kept = self._own(conversation_id, shopper_id)
        while kept.messages and kept.messages[-1].role == "barista":
            kept.messages.pop()
        return self._answering(kept)

    async def resume(self, conversation_id: str, *, shopper_id: UUID) -> Turn:
        kept = self._own(conversation_id, shopper_id)
        broken = kept.messages[-1]
        if not broken.text or broken.status not in ("stopped", "interrupted"):
            raise NotFound("There is no broken-off answer to go on with. Try again instead.")
        kept.messages[-1] = replace(broken, status="running")
        said, number = kept.messages[-2], sum(m.role == "shopper" for m in kept.messages)
        parts = {name: part for name, part in broken.parts.items() if name != "error"}
        return Turn(kept.id, kept.shopper_id, broken.id, said.id, said.text, number, resume=broken.text, parts=parts)

    async def save(self, turn: Turn, *, text: str, status: str, parts: Mapping[str, Any], answered_by: str | None) -> None:
        kept = self.kept[turn.conversation_id]
        for n, message in enumerate(kept.messages):
            if message.id == turn.message_id:
                kept.messages[n] = replace(message, text=text, status=status, parts=dict(parts), answered_by=answered_by)

    async def save_growing(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """A reload takes the text from the hub; there is no kill to survive."""

    def _answering(self, kept: Kept) -> Turn:
        said = kept.messages[-1]
        reply = MessageView(id=uuid4(), role="barista", text="", status="running", created_at=datetime.now(UTC))
        kept.messages.append(reply)
        number = sum(m.role == "shopper" for m in kept.messages)
        return Turn(kept.id, kept.shopper_id, reply.id, said.id, said.text, number)

    def _own(self, conversation_id: str, shopper_id: UUID) -> Kept:
        kept = self.kept.get(conversation_id)
        if kept is None or kept.shopper_id != shopper_id or kept.deleted:
            raise NotFound("There is no such conversation.")
        return kept

    # the conversations
    async def newest(self, shopper_id: UUID) -> str | None:
        found = self._mine(shopper_id)
        return found[0].id if found else None

    async def create(self, shopper_id: UUID) -> str:
        kept = Kept(id=uuid4().hex, shopper_id=shopper_id)
        self.kept[kept.id] = kept
        return kept.id

    async def open(self, conversation_id: str, *, shopper_id: UUID, limit: int = SHOWN) -> ConversationView:
        self.calls.append("open")
        kept = self._own(conversation_id, shopper_id)
        fitting, shown = FITTING if kept.traits else COFFEES, tuple(kept.messages[-limit:])
        return ConversationView(
            kept.id, kept.title, shown, kept.traits, fitting, COFFEES,
            edited=bool(kept.aside), earlier=len(kept.messages) > limit, opinions=self.opinions,
        )  # fmt: skip

    async def earlier(self, conversation_id: str, before: UUID, *, shopper_id: UUID, limit: int = SHOWN) -> EarlierView:
        kept = self._own(conversation_id, shopper_id)
        at = next((n for n, message in enumerate(kept.messages) if message.id == before), 0)
        return EarlierView(tuple(kept.messages[max(0, at - limit) : at]), earlier=at > limit, opinions=self.opinions)

    def _mine(self, shopper_id: UUID) -> list[Kept]:
        mine = (kept for kept in self.kept.values() if kept.shopper_id == shopper_id and kept.title and not kept.deleted)
        return sorted(mine, key=lambda kept: kept.updated_at, reverse=True)

    # the archive
    async def list(self, shopper_id: UUID, *, query: str = "", limit: int = 50) -> ConversationList:
        mine, words = self._mine(shopper_id), searched(query)
        found = [kept for kept in mine if all(word.lower() in _all_of(kept) for word in words)]
        lines = [ConversationLine(k.id, k.name or k.title, k.updated_at, _found(k, words)) for k in found[:limit]]
        return ConversationList(tuple(lines), len(found), len(mine))

    async def rename(self, conversation_id: str, name: str, *, shopper_id: UUID) -> str:
        if len(name) > 80:
            raise BadInput("A name may have {most} characters; that one has {count}. Shorten it.", most=80, count=len(name))
        kept = self._own(conversation_id, shopper_id)
        kept.name = name.strip()
        self.news.tell(shopper_id)
        return kept.name or kept.title

    async def delete(self, conversation_id: str, *, shopper_id: UUID) -> str:
        kept = self._own(conversation_id, shopper_id)
        kept.deleted = True
        self.news.tell(shopper_id)
        return kept.name or kept.title

    async def undelete(self, conversation_id: str, *, shopper_id: UUID) -> None:
        kept = self.kept.get(conversation_id)
        if kept is None or kept.shopper_id != shopper_id or not kept.deleted:
            raise NotFound("That conversation cannot be brought back any more.")
        kept.deleted = False
        self.news.tell(shopper_id)

    def changes(self, shopper_id: UUID) -> AsyncIterator[None]:
        return self.news.follow(shopper_id)

    # the thumbs
    async def give(self, message_id: UUID, *, verdict: str, reason: str = "", comment: str = "", shopper_id: UUID) -> Opinion:
        opinion = checked(verdict=verdict, reason=reason, comment=comment)
        self._own(self._conversation_of(message_id), shopper_id)
        self.opinions[message_id] = opinion
        return opinion

    async def take_back(self, message_id: UUID, *, shopper_id: UUID) -> None:
        self._own(self._conversation_of(message_id), shopper_id)
        self.opinions.pop(message_id, None)

    def _conversation_of(self, message_id: UUID) -> str:
        return next((kept.id for kept in self.kept.values() if any(m.id == message_id for m in kept.messages)), "")

    # the export
    async def document(self, conversation_id: str, *, shopper_id: UUID) -> Document:
        kept = self._own(conversation_id, shopper_id)
        talk = Conversation(id=kept.id, shopper_id=shopper_id, title=kept.title, name=kept.name)
        said = [
            Message(position=n, role=m.role, text=m.text, status=m.status, parts=dict(m.parts), created_at=m.created_at)
            for n, m in enumerate(kept.messages, 1)
        ]
        return Export(None, address="http://127.0.0.1")._document(talk, said, kept.traits)  # type: ignore[arg-type]

    # the profile
    async def remove(self, trait_id: UUID, *, shopper_id: UUID, conversation_id: str) -> Changed:
        kept = self._own(conversation_id, shopper_id)
        if trait_id not in {line.id for line in kept.traits}:
            raise NotFound("That line is no longer on the card.")
        kept.traits = tuple(line for line in kept.traits if line.id != trait_id)
        return Changed(kept.traits, ())

    # what follows from a change
    async def rank(self, conversation_id: str, *, shopper_id: UUID, before: Sequence[Trait]) -> Ranked:
        kept = self._own(conversation_id, shopper_id)
        return Ranked(Considered(count=FITTING + 10 * (len(TRAITS) - len(kept.traits)), unknown=12), None)
