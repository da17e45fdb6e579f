"""The hub that owns running replies: one task a conversation, whoever follows, and Stop from anywhere."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import aclosing
from uuid import UUID
from weakref import WeakValueDictionary

from sqlalchemy.exc import SQLAlchemyError

from coffeebot.domain.errors import BaristaFailed, CoffeebotError, NotFound, ReplyRunning
from coffeebot.domain.turn import Event, Failed, Start
from coffeebot.providers.llm.pace import Pace
from coffeebot.services.conversation import Conversation
from coffeebot.services.news import News
from coffeebot.services.reply import Reply
from coffeebot.services.signal import Signal
from coffeebot.services.transcript import Transcript, Turn
from coffeebot.services.views import ReplyView

log = logging.getLogger(__name__)

SAVE_EVERY = 1.0  # seconds: what a kill may cost
KEPT_FOR = 120.0  # seconds that a finished reply stays at hand for followers who come back
PREPARED_AT_ONCE = 1  # turns that are understood and searched for at one time: more would take the loop from those that speak
LATE, LONGEST_CALM = 0.02, 0.3  # seconds that a round of the loop may take, and that a turn waits for one


class Replies:
    def __init__(self, conversation: Conversation, transcript: Transcript, pace: Pace | None = None, news: News | None = None) -> None:
        self._conversation = conversation
        self._transcript = transcript
        self._replies: dict[str, Reply] = {}
        self._started: WeakValueDictionary[str, Signal] = WeakValueDictionary()  # gone with the last follower
        self._beginning: set[str] = set()
        self._preparing = asyncio.Semaphore(PREPARED_AT_ONCE)
        self._pace = pace or Pace()  # counts the replies beyond that
        self._news = news or News()
        self._saving: asyncio.Task[None] | None = None
        self._closing = False

    async def start(self, conversation_id: str, message: str, *, shopper_id: UUID, message_id: UUID | None = None) -> UUID:
        """Stores the message, under `message_id` where one is given, and starts the reply; returns the reply's id."""
        with _alone(self, conversation_id):
            turn = await self._transcript.begin(conversation_id, message, shopper_id=shopper_id, message_id=message_id)
            return self._run(turn)

    async def start_anew(self, message: str, *, shopper_id: UUID, message_id: UUID | None = None) -> tuple[str, UUID]:
        """As `start`, in a new conversation, whose id comes first."""
        turn = await self._transcript.begin_anew(message, shopper_id=shopper_id, message_id=message_id)
        return turn.conversation_id, self._run(turn)

    async def retry(self, conversation_id: str, *, shopper_id: UUID) -> UUID:
        """Answers the shopper's last message again, in place of the last reply."""
        with _alone(self, conversation_id):
            return self._run(await self._transcript.again(conversation_id, shopper_id=shopper_id))

    async def resume(self, conversation_id: str, *, shopper_id: UUID) -> UUID:
        """Goes on with the last reply, which was stopped or broke off, from where it is."""
        with _alone(self, conversation_id):
            return self._run(await self._transcript.resume(conversation_id, shopper_id=shopper_id))

    async def edit(self, conversation_id: str, message_id: UUID, text: str, *, shopper_id: UUID) -> UUID:
        """Answers `text` in place of an earlier message of the shopper's and of all that followed it."""
        with _alone(self, conversation_id):
            return self._run(await self._transcript.edit(conversation_id, message_id, text, shopper_id=shopper_id))

    async def undo_edit(self, conversation_id: str, *, shopper_id: UUID) -> None:
        """Brings back what the last edit replaced; the reply to it is stopped and dropped."""
        await self.stop(conversation_id, shopper_id=shopper_id)
        with _alone(self, conversation_id):
            turn, status = await self._transcript.undo_edit(conversation_id, shopper_id=shopper_id)
            restored = Reply(turn, status)
            self._announce(restored)
            self._forget_later(restored)

    async def stop(self, conversation_id: str, *, shopper_id: UUID) -> None:
        """Ends a running reply; what came stays."""
        reply = self._replies.get(conversation_id)
        if reply is None or reply.task is None or reply.task.done():
            return
        if reply.turn.shopper_id != shopper_id:
            raise NotFound("There is no such conversation.")
        await _end_early([reply.task])

    def forget(self, conversation_id: str) -> None:
        """Drops a finished reply whose message was changed since: whoever comes back reads it from the database."""
        if not self.running(conversation_id):
            self._replies.pop(conversation_id, None)

    def running(self, conversation_id: str) -> bool:
        reply = self._replies.get(conversation_id)
        return reply is not None and reply.status == "running"

    async def follow(self, conversation_id: str, *, every: float = 0.1) -> AsyncIterator[ReplyView]:
        """Every change of this and of later replies, at most one in `every` seconds; ends when the follower stops asking."""
        seen: tuple[UUID, int] | None = None
        while True:
            signal = self._started.setdefault(conversation_id, Signal())
            started = signal.next
            reply = self._replies.get(conversation_id)
            if reply is None:
                await started.wait()
                continue
            changed = reply.changed.next
            view = reply.view()
            if (now_at := (view.message.id, view.revision)) != seen:
                seen = now_at
                yield view
                await asyncio.sleep(max(every, self._pace.pause))
            elif view.running:
                await changed.wait()
            else:
                await started.wait()

    async def events(self, message_id: UUID, *, conversation_id: str) -> AsyncIterator[Event]:
        """All events of one reply, from its start, as they come."""
        reply = self._replies.get(conversation_id)
        if reply is None or reply.turn.message_id != message_id:
            raise NotFound("That reply is no longer running.")
        sent = 0
        while True:
            changed = reply.changed.next
            while sent < len(reply.events):
                sent += 1
                yield reply.events[sent - 1]
            if reply.status != "running":
                return
            await changed.wait()

    async def close(self) -> None:
        """Ends every running reply as interrupted, so that a restart can offer Retry."""
        self._closing = True
        tasks = [reply.task for reply in self._replies.values() if reply.task and not reply.task.done()]
        if tasks:
            await _end_early(tasks, within=4)
        if self._saving is not None:
            self._saving.cancel()
            await asyncio.wait([self._saving])

    def _run(self, turn: Turn) -> UUID:
        reply = Reply(turn)
        reply.task = asyncio.create_task(self._speak(reply), name=f"reply {turn.message_id}")
        if self._saving is None or self._saving.done():
            self._saving = asyncio.create_task(self._save_growing(), name="saving replies")
        self._announce(reply)
        return turn.message_id

    def _announce(self, reply: Reply) -> None:
        """From now on it is this reply that followers of its conversation are shown."""
        self._replies[reply.turn.conversation_id] = reply
        if signal := self._started.get(reply.turn.conversation_id):
            signal.fire()
        self._news.tell(reply.turn.shopper_id)

    async def _speak(self, reply: Reply) -> None:
        status = "complete"
        try:
            async for event in self._events(reply.turn):
                self._take(reply, event)
        except asyncio.CancelledError:
            status = "interrupted" if self._closing else "stopped"
            reply.events.append(Failed(code=status, message=f"The reply was {status}.", retryable=True))
        except CoffeebotError as error:
            status = "interrupted" if isinstance(error, BaristaFailed) and reply.text else "failed"  # what came stays
            self._take(reply, Failed(code=error.code, message=str(error), retryable=error.retryable))
        except Exception:  # the edge: whatever broke, the shopper sees an end and can try again
            status = "failed"
            log.exception("A reply failed: conversation turn %s", reply.turn.number)
            self._take(
                reply, Failed(code="internal", message="Something broke on this side. Your message is kept: try again.", retryable=True)
            )
        await asyncio.shield(self._end(reply, status))

    async def _events(self, turn: Turn) -> AsyncIterator[Event]:
        """Those of the conversation. Of a crowd that arrives at once few are prepared at a time, and only while the loop keeps up:
        it must not take the words from those who are being answered.
        """
        async with aclosing(self._conversation.reply(turn)) as events:  # type: ignore[type-var]
            async with self._preparing:
                await _calm()
                async for event in events:
                    yield event
                    if not isinstance(event, Start):
                        break
            self._pace.speaking += 1
            try:
                async for event in events:
                    yield event
            finally:
                self._pace.speaking -= 1

    async def _end(self, reply: Reply, status: str) -> None:
        """Stores the final state before anybody is told of it."""
        try:
            await self._save(reply, status)
        finally:
            reply.status = status
            reply.changed.fire()
            self._forget_later(reply)

    def _take(self, reply: Reply, event: Event) -> None:
        reply.take(event)
        reply.changed.fire()

    async def _save_growing(self) -> None:
        """One statement for all running replies, every so often, until none is left: hundreds cost what one does."""
        while any(reply.status == "running" for reply in self._replies.values()):
            await asyncio.sleep(SAVE_EVERY)
            grown = [reply for reply in self._replies.values() if reply.status == "running" and len(reply.events) > reply.saved]
            for reply in grown:
                reply.saved = len(reply.events)
            try:
                if grown:
                    await self._transcript.save_growing([reply.row() for reply in grown])
            except SQLAlchemyError as error:
                log.warning("running replies could not be saved: %s", type(error).__name__)

    async def _save(self, reply: Reply, status: str) -> None:
        await self._transcript.save(reply.turn, text="".join(reply.text), status=status, parts=reply.parts, answered_by=reply.answered_by)

    def _forget_later(self, reply: Reply) -> None:
        asyncio.get_running_loop().call_later(KEPT_FOR, self._forget, reply)

    def _forget(self, reply: Reply) -> None:
        if self._replies.get(reply.turn.conversation_id) is reply:
            del self._replies[reply.turn.conversation_id]


async def _end_early(tasks: list[asyncio.Task[None]], *, within: float | None = None) -> None:
    """Cancels and waits. A task that was cancelled before its first step would never say how it ended: it gets that step."""
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=within)


async def _calm() -> None:
    """Waits until the loop gets round quickly, but not for long."""
    loop = asyncio.get_running_loop()
    end = loop.time() + LONGEST_CALM
    while (began := loop.time()) < end:
        await asyncio.sleep(0)
        if loop.time() - began < LATE:
            return
        await asyncio.sleep(LATE)


class _alone:
    """One reply a conversation: also while its messages are still being stored."""

    def __init__(self, hub: Replies, conversation_id: str) -> None:
        self._hub = hub
        self._conversation_id = conversation_id

    def __enter__(self) -> None:
        if self._hub.running(self._conversation_id) or self._conversation_id in self._hub._beginning:
            raise ReplyRunning("The barista is still answering. Wait for the end, or press Stop first.")
        self._hub._beginning.add(self._conversation_id)

    def __exit__(self, *_: object) -> None:
        self._hub._beginning.discard(self._conversation_id)
