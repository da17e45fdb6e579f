"""The open conversation: what was said before the latest reply, and following that reply."""

from uuid import UUID

import reflex as rx
from reflex.event import EventType

from coffeebot.domain.errors import NotFound
from coffeebot.services.history import AT_ONCE, SHOWN
from coffeebot.services.reranking import Offer
from coffeebot.services.views import ConversationView, EarlierView, ReplyView
from coffeebot.state.bare import bare
from coffeebot.state.live import Live
from coffeebot.state.message import Message, settled
from coffeebot.state.notice import told
from coffeebot.state.profile import Profile
from coffeebot.state.thumbs import Thumbs
from coffeebot.state.visit import shopper
from coffeebot.wiring import services
from coffeebot.words import word

NEW = "new"  # /?c=new is a blank sheet; without c it is the newest conversation
FULL = {"new": 4, "middle": 16}  # messages before a generation is handed on


class Thread(rx.State):
    """A changed var is sent whole, so messages live in generations: a new one costs the few of its own, not all.

    A page opens with the last AT_ONCE messages, and has the last SHOWN right after; `earlier` says that there are more, and `older` are
    those that were asked for.
    `edited` says whether the last edit can be undone.
    """

    id: str = ""
    ready: bool = False
    edited: bool = False
    earlier: bool = False
    older: list[Message] = []
    old: list[Message] = []
    middle: list[Message] = []
    new: list[Message] = []

    _rest: bool = False  # whether the page opened with some of the SHOWN only
    _begun: str = ""  # the conversation that this page has just begun, and whose address it now goes to

    @rx.event
    async def load(self) -> EventType[()] | None:
        """Rebuilds everything from the cookie, the address and the database; may run again at any time."""
        wanted, begun, self._begun = str(self.router.url.query_parameters.get("c", "")), self._begun, ""
        if wanted and wanted == begun == self.id and services().replies.running(wanted):
            return Thread.follow  # all of it is on the page, or comes
        async with told(self, afresh=True):
            await self._open(wanted, at_once=AT_ONCE)
        self.ready = True
        if not self.id:
            return None
        return [Thread.rest, Thread.follow] if self._rest else Thread.follow

    @rx.event
    async def rest(self) -> None:
        """Brings in what the page did not wait for."""
        first = next(iter(self._shown()), None)
        if not self._rest or first is None:
            return
        self._rest = False
        async with told(self):
            view = await self._before(first, limit=SHOWN - AT_ONCE)
            self.old, self.earlier = [*map(settled, view.messages), *self.old], view.earlier

    @rx.event
    async def back(self) -> None:
        """Brings in what was said before the first message that is shown."""
        first = next(iter(self._shown()), None)
        if not self.earlier or first is None:
            return
        async with told(self):
            view = await self._before(first)
            self.older, self.earlier = [*map(settled, view.messages), *self.older], view.earlier

    @rx.event(background=True, supersedes=True)
    async def follow(self) -> None:
        """Shows what the barista says, in every tab that has the conversation open."""
        async with self:
            conversation, owner = self.id, shopper(self)
        async for reply in services().replies.follow(conversation, every=0.1):
            async with self:
                if self.id != conversation:
                    return
                thread = bare(self)
                if (await thread.get_state(Live)).id == str(reply.message.id):
                    await thread._hear(reply)
                    continue
                limit = thread._limit(more=2)
            # begun in another tab: what was asked there is in the database
            view = await services().conversations.open(conversation, shopper_id=owner, limit=limit)
            async with self:
                if self.id != conversation:
                    return
                thread = bare(self)
                await thread._fill(view)
                await thread._hear(reply)

    async def _before(self, first: Message, *, limit: int = SHOWN) -> EarlierView:
        """What was said before the message `first`."""
        view = await services().conversations.earlier(self.id, UUID(first.id), shopper_id=shopper(self), limit=limit)
        (await self.get_state(Thumbs))._add(view.opinions)
        return view

    async def _open(self, wanted: str, *, at_once: int = SHOWN) -> None:
        """A conversation that the page does not have yet opens with its last `at_once` messages."""
        conversations, owner = services().conversations, shopper(self)
        if not wanted:
            wanted = await conversations.newest(owner) or NEW
        if wanted == NEW:
            await self._blank()
            return
        new = wanted != self.id
        try:
            await self._fill(await conversations.open(wanted, shopper_id=owner, limit=at_once if new else self._limit()))
            if new and at_once < SHOWN:
                self._rest, self.earlier = self.earlier, False
        except NotFound:
            await self._blank()
            raise NotFound(word("gone")) from None

    async def _restore(self) -> None:
        """A tab whose state was lost, with the server or with the line, is opened again before anything is done in it."""
        if not self.ready:
            await self._open(str(self.router.url.query_parameters.get("c", "")))
            self.ready = True

    def _shown(self) -> list[Message]:
        return [*self.older, *self.old, *self.middle, *self.new]

    def _limit(self, *, more: int = 0) -> int:
        """How many messages to read so that none that is shown goes away: those of the thread, the latest reply, and `more`."""
        return max(SHOWN, len(self._shown()) + 1 + more)

    async def _blank(self) -> None:
        self.id, self.earlier, self.edited = "", False, False
        self.older, self.old, self.middle, self.new = [], [], [], []
        (await self.get_state(Live))._clear()
        (await self.get_state(Profile))._blank()

    async def _fill(self, view: ConversationView) -> None:
        """The conversation as it stands; its latest reply, if it ends with one, goes to `Live`."""
        live = await self.get_state(Live)
        *before, last = view.messages or (None,)
        replied = last is not None and last.role == "barista"
        if last is not None and not replied:
            before.append(last)
        self.id, self.earlier, self.edited = view.id, view.earlier, view.edited
        self.older, self.old, self.middle, self.new = [], [settled(m) for m in before if m], [], []
        self._rest = False
        if last is not None and replied:
            if live.id != str(last.id):
                live._clear()
            live._show(last)
        else:
            live._clear()
        (await self.get_state(Thumbs))._fill(view.opinions)
        profile = await self.get_state(Profile)
        profile._write(view.traits, fitting=view.fitting, catalogue=view.catalogue)
        profile._place(live.picks)

    async def _hear(self, reply: ReplyView) -> None:
        live = await self.get_state(Live)
        profile = await self.get_state(Profile)
        live._show(reply.message)
        profile._write(reply.traits or None, fitting=reply.considered.get("count"))
        profile._place(live.picks)

    async def _offer_again(self, offer: Offer) -> None:
        """Shows an offer's cards as they were ranked again."""
        live, profile = await self.get_state(Live), await self.get_state(Profile)
        if live.id == str(offer.message_id):
            live._attach(offer.parts)
            profile._place(live.picks)
        else:
            await self._fill(await services().conversations.open(self.id, shopper_id=shopper(self), limit=self._limit()))

    async def _name_of(self, coffee: str) -> str:
        """What a coffee is called that was offered in this conversation; NotFound for any other."""
        live = await self.get_state(Live)
        offered = [*live.picks, *(card for message in self._shown() for card in message.picks)]
        name = next((card.name for card in offered if card.id == coffee), None)
        if name is None:
            raise NotFound(word("pick.gone"))
        return name

    async def _say(self, said: Message, reply_id: str) -> None:
        """The shopper's message goes up at once, and the reply before it becomes history."""
        live = await self.get_state(Live)
        before = live._settled()
        self._append([before, said] if before else [said])
        self.edited = False
        live._clear(reply_id)

    def _append(self, messages: list[Message]) -> None:
        self.new = [*self.new, *messages]
        if len(self.new) > FULL["new"]:
            self.middle, self.new = [*self.middle, *self.new[:-2]], self.new[-2:]
        if len(self.middle) > FULL["middle"]:
            self.old, self.middle = [*self.old, *self.middle], []
            self._forget(len(self.old) + len(self.new) - SHOWN)

    def _forget(self, spare: int) -> None:
        """What is beyond SHOWN goes, unless the reader has asked for more."""
        if spare > 0 and not self.older:
            self.old, self.earlier = self.old[spare:], True
