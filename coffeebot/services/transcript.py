"""Writes down what is said: a turn's two messages at its start, the reply while it grows and when it ends."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.domain.errors import BadInput, MessageTooLong, NotFound
from coffeebot.models import Conversation, Event, Message, branch
from coffeebot.models.base import now
from coffeebot.models.conversation import ensure_shopper, messages_of, owned
from coffeebot.models.database import Database
from coffeebot.models.step import unsay
from coffeebot.providers.llm.base import Line

REMEMBERED = 40  # messages that a turn looks back on
TITLE_CHARS = 60
BROKEN_OFF = ("stopped", "interrupted")
_SAVE_GROWING = sa.text("""
UPDATE message AS m SET text = grown.text, parts = grown.parts, answered_by = grown.answered_by, updated_at = :at
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS grown (id uuid, text text, parts jsonb, answered_by text)
WHERE m.id = grown.id AND m.status = 'running'
""")
_HALF_WORD = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff]{1,30}$")  # letters at the end, of a script that writes spaces


@dataclass(frozen=True, slots=True)
class Turn:
    """A message that waits for its answer, and what a barista remembers of the conversation.

    `number` counts the shopper's messages from 1. `asked` are the facets of questions asked, the last one last;
    `asked_now` is the facet of the question that this message may answer. `offered` are coffees shown before, by id and name.
    `table` are the coffees among which "the second one" counts: those of the last reply that looked at the shelf.
    `lines` are what both said before, by position; those up to `summarised` are in the `summary` too. A reply that broke off and
    goes on has `resume`, its beginning, the `parts` that came with it, and the coffees it has `shown`.
    """

    conversation_id: str
    shopper_id: UUID
    message_id: UUID
    answers: UUID
    text: str
    number: int
    asked: tuple[str, ...] = ()
    asked_now: str | None = None
    offered: Mapping[UUID, str] = field(default_factory=dict)
    offered_last: tuple[str, ...] = ()
    table: tuple[UUID, ...] = ()
    said: tuple[str, ...] = ()
    lines: tuple[tuple[int, Line], ...] = ()
    summary: str = ""
    summarised: int = 0
    resume: str = ""
    parts: Mapping[str, Any] = field(default_factory=dict)
    shown: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the messages up to the position `upto` came to."""

    text: str
    upto: int


def new_id() -> str:
    """128 random bits, safe in an address."""
    return secrets.token_urlsafe(16)


class Transcript:
    def __init__(self, database: Database, *, max_chars: int) -> None:
        self._database = database
        self._max_chars = max_chars

    async def create(self, shopper_id: UUID) -> str:
        """A new conversation, in which nothing has been said."""
        async with self._database.session() as session:
            return (await _created(session, shopper_id)).id

    async def begin_anew(self, text: str, *, shopper_id: UUID, message_id: UUID | None = None) -> Turn:
        """As `begin`, in a new conversation; none is made for a message that cannot be used."""
        text = self._checked(text)
        async with self._database.session() as session:
            await _must_be_new(session, message_id)
            return await self._say(session, await _created(session, shopper_id), [], text, message_id=message_id)

    async def begin(self, conversation_id: str, text: str, *, shopper_id: UUID, message_id: UUID | None = None) -> Turn:
        """Stores the shopper's message and an empty, running reply. Whoever gives the message its id can tell later whether it arrived."""
        text = self._checked(text)
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            await _must_be_new(session, message_id)
            await ensure_shopper(session, shopper_id)
            await branch.forget(session, conversation)
            before = await _looked_back_on(session, conversation)
            return await self._say(session, conversation, before, text, message_id=message_id)

    async def edit(self, conversation_id: str, message_id: UUID, text: str, *, shopper_id: UUID) -> Turn:
        """Stores `text` in place of a message of the shopper's, and an empty, running reply to it; what followed is put aside."""
        text = self._checked(text)
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            position = await branch.put_aside(session, conversation, message_id)
            before = await _looked_back_on(session, conversation, before=position)
            if not before:
                conversation.title = ""
            return await self._say(session, conversation, before, text)

    async def undo_edit(self, conversation_id: str, *, shopper_id: UUID) -> tuple[Turn, str]:
        """Brings back what the last edit put aside; returns its last turn, with the whole reply in `resume`, and how that ended."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            await branch.bring_back(session, conversation)
            conversation.title = (await messages_of(session, conversation_id, before=2))[0].text[:TITLE_CHARS]
            conversation.updated_at = now()
            *before, said, reply = await _looked_back_on(session, conversation)
            return replace(_turn(conversation, before, said, reply), resume=reply.text, parts=reply.parts), reply.status

    async def again(self, conversation_id: str, *, shopper_id: UUID) -> Turn:
        """Takes the last reply away and answers the shopper's last message anew."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            messages = await _looked_back_on(session, conversation)
            last = next((n for n in range(len(messages) - 1, -1, -1) if messages[n].role == "shopper"), None)
            if last is None:
                raise NotFound("Nothing has been said yet, so there is nothing to answer again.")
            for stale in messages[last + 1 :]:
                await session.delete(stale)
            await unsay(session, [messages[last].id])
            await session.flush()
            return await self._answering(session, conversation, messages[:last], messages[last])

    async def resume(self, conversation_id: str, *, shopper_id: UUID) -> Turn:
        """Takes up the last reply where it broke off. A word that may be half is taken back, to be written anew."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            messages = await _looked_back_on(session, conversation)
            if len(messages) < 2 or messages[-1].status not in BROKEN_OFF or not messages[-1].text:
                raise NotFound("There is no broken-off answer to go on with. Try again instead.")
            *before, said, reply = messages
            reply.text = _HALF_WORD.sub("", reply.text).rstrip()
            reply.status = "running"
            reply.parts = {name: part for name, part in reply.parts.items() if name != "error"}
            shown = frozenset(UUID(pick["id"]) for pick in reply.parts.get("picks", ()))
            return replace(_turn(conversation, before, said, reply), resume=reply.text, parts=reply.parts, shown=shown)

    async def save(self, turn: Turn, *, text: str, status: str, parts: Mapping[str, Any], answered_by: str | None) -> None:
        async with self._database.session() as session:
            values = {"text": text, "status": status, "parts": dict(parts), "answered_by": answered_by, "updated_at": now()}
            await session.execute(sa.update(Message).where(col(Message.id) == turn.message_id).values(**values))

    async def save_growing(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Notes how far many running replies have come, in one statement; one that has ended is left as it is.

        Each row has an `id`, `text`, `parts` and `answered_by`.
        """
        async with self._database.session() as session:
            await session.execute(_SAVE_GROWING, {"rows": json.dumps(rows, default=str), "at": now()})

    async def finish(self, turn: Turn, *, language: str, shown: list[UUID], unmet: list[str], summary: Summary | None = None) -> None:
        """Notes what was shown, or which musts nothing kept, and what is to be remembered of the oldest messages."""
        async with self._database.session() as session:
            touched: dict[str, Any] = {"language": language, "updated_at": now()}
            if summary:
                touched |= {"summary": summary.text, "summarised": summary.upto}
            await session.execute(sa.update(Conversation).where(col(Conversation.id) == turn.conversation_id).values(**touched))
            about: dict[str, Any] = {"shopper_id": turn.shopper_id, "conversation_id": turn.conversation_id}
            session.add_all(Event(kind="shown", coffee_id=coffee, **about) for coffee in shown)
            if unmet:
                session.add(Event(kind="nothing_fitted", musts=unmet, **about))

    def _checked(self, text: str) -> str:
        text = text.replace("\x00", "").strip()
        if not text:
            raise BadInput("Say something first: the message is empty.")
        if len(text) > self._max_chars:
            raise MessageTooLong(
                "That is {count} characters; a message may have {most}. Shorten it and send it again.",
                count=len(text),
                most=self._max_chars,
            )
        return text

    async def _say(
        self, session: AsyncSession, conversation: Conversation, before: list[Message], text: str, *, message_id: UUID | None = None
    ) -> Turn:
        position = before[-1].position + 1 if before else 1
        said = Message(id=message_id or uuid4(), conversation_id=conversation.id, position=position, role="shopper", text=text)
        session.add(said)
        conversation.title = conversation.title or text[:TITLE_CHARS]
        return await self._answering(session, conversation, before, said)

    async def _answering(self, session: AsyncSession, conversation: Conversation, before: list[Message], said: Message) -> Turn:
        reply = Message(conversation_id=conversation.id, position=said.position + 1, role="barista", status="running")
        session.add(reply)
        conversation.updated_at = now()
        await session.flush()
        return _turn(conversation, before, said, reply)


async def _created(session: AsyncSession, shopper_id: UUID) -> Conversation:
    await ensure_shopper(session, shopper_id)
    conversation = Conversation(id=new_id(), shopper_id=shopper_id)
    session.add(conversation)
    return conversation


async def _must_be_new(session: AsyncSession, message_id: UUID | None) -> None:
    if message_id is not None and await session.get(Message, message_id) is not None:
        raise BadInput("That message has arrived already.")


async def _looked_back_on(session: AsyncSession, conversation: Conversation, *, before: int | None = None) -> list[Message]:
    """The messages that a turn looks back on, among them all that no summary tells of yet."""
    last = await messages_of(session, conversation.id, limit=REMEMBERED, before=before)
    if not last or last[0].position <= conversation.summarised + 1:
        return last
    unread = last[-1].position - conversation.summarised
    return await messages_of(session, conversation.id, limit=unread, before=before)


def _turn(conversation: Conversation, before: list[Message], said: Message, reply: Message) -> Turn:
    replies = [m for m in before if m.role == "barista"]
    questions = [m.parts["question"]["facet"] for m in replies if m.parts.get("question")]
    last = replies[-1].parts if replies else {}
    picks = [pick for m in replies for pick in (*m.parts.get("picks", ()), *m.parts.get("behind", ()))]
    return Turn(
        conversation_id=conversation.id,
        shopper_id=conversation.shopper_id,
        message_id=reply.id,
        answers=said.id,
        text=said.text,
        number=sum(m.role == "shopper" for m in before) + 1,
        asked=tuple(questions),
        asked_now=last["question"]["facet"] if last.get("question") else None,
        offered={UUID(pick["id"]): pick["name"] for pick in picks},
        offered_last=tuple(pick["name"] for pick in last.get("picks", ())) or tuple(pick["name"] for pick in _table(replies)),
        table=tuple(UUID(pick["id"]) for pick in _table(replies)),
        said=tuple(m.text for m in replies),
        lines=tuple((m.position, Line(m.role, m.text)) for m in before if m.text),
        summary=getattr(conversation, "summary", ""),
        summarised=getattr(conversation, "summarised", 0),
    )


def _table(replies: Sequence[Message]) -> Sequence[Mapping[str, Any]]:
    """The cards of the last reply that looked at the shelf: one that speaks again of what lies there does not renumber it."""
    table: Sequence[Mapping[str, Any]] = ()
    for reply in replies:
        picks = reply.parts.get("picks", ())
        known = len(picks) == 1 and any(pick["id"] == picks[0]["id"] for pick in table)
        if picks and reply.parts.get("considered") and not known:
            table = picks
    return table
