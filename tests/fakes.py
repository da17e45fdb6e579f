"""The services of the page in memory: the real hub of replies over a barista who reads from a script."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from coffeebot.domain.errors import BadInput, BaristaFailed, MessageTooLong, NotFound
from coffeebot.domain.opinion import Opinion, checked
from coffeebot.domain.prose import plain
from coffeebot.domain.taste import Trait
from coffeebot.domain.turn import (
    Choice,
    Considered,
    Delta,
    Done,
    Event,
    Followups,
    Pick,
    Price,
    Profile,
    Question,
    Reason,
    Start,
    TraitLine,
    UnitPrice,
)  # fmt: skip
from coffeebot.models import Conversation, Message
from coffeebot.services.archive import excerpt, searched
from coffeebot.services.export import Document, Export
from coffeebot.services.history import SHOWN
from coffeebot.services.news import News
from coffeebot.services.profile import Changed
from coffeebot.services.replies import Replies
from coffeebot.services.reranking import Ranked
from coffeebot.services.saved import SavedCoffee
from coffeebot.services.transcript import Turn
from coffeebot.services.views import (
    CatalogueSummary,
    ConversationLine,
    ConversationList,
    ConversationView,
    EarlierView,
    Excerpt,
    MessageView,
)
from coffeebot.settings import Settings

NAMESPACE = UUID("6f6b5e0e-6a55-4b65-9d3f-0d6a1d1f1c11")
COFFEES, FITTING, MOST_CHARS = 412, 38, 2000
REMEMBERED, THINKING = 150, 4.0  # messages; seconds

BEFORE = (
    "Then stay with naturals, and go a little rounder than the bag you remember. These three keep to your limit, and in all of "
    "them the sweetness comes from the fruit and not from acid. "
)
AFTER = (
    "\n\nIf you take only one, take **Blueberry Weather**: it is the nearest to the cup you describe. Choose **Velvet Hour** if the "
    "place by the harbour was more about the warmth than about the berry, and *Plum Rain* for an evening."
)
LONG = "\n\nA word on brewing. " + "Grind a little coarser than you think, pour slowly, and taste again when it has cooled. " * 12


def trait(facet: str, value: str, label: str, evidence: str, *, polarity: str = "must", strength: int = 2) -> TraitLine:
    return TraitLine(
        id=uuid5(NAMESPACE, facet + value), facet=facet, value=value, polarity=polarity, strength=strength, label=label, evidence=evidence,
        source="rules", created_at=datetime.now(UTC),
    )  # fmt: skip


TRAITS = (
    trait("budget", "max", "At most $20 a bag", "up to 20 dollars"),
    trait("flavour", "fruity", "Fruity", "like blueberry jam", strength=3),
    trait("note", "milk chocolate", "Milk chocolate", "a little chocolate", polarity="want"),
    trait("process", "natural", "Natural process", "a natural Ethiopian", polarity="want", strength=1),
    trait("flavour", "roasted", "Roasted, smoky", "nothing burnt", polarity="avoid"),
    trait("brew_method", "v60", "V60", "V60 every morning"),
)


def pick(number: int, name: str, roaster: str, **over: Any) -> Pick:
    facts: dict[str, Any] = {
        "origin": "Ethiopia, Guji", "process": "natural", "roast": "Medium-Light", "family": "fruity",
        "notes": ("blueberry jam", "ripe plum", "milk chocolate"), "price": Price(1450, "USD", 250.0),
        "price_per_100g": UnitPrice(580, "USD"), "price_seen_at": datetime.now(UTC), "in_stock": True, "sample": True, "link": None,
    }  # fmt: skip
    slug = name.lower().replace(" ", "-")
    facts |= over
    facts.setdefault("image", f"/plates/{facts['family']}/{slug}.svg")
    return Pick(id=uuid5(NAMESPACE, name), external_id=str(number), slug=slug, coffee_name=name, roaster=roaster, **facts)


PICKS = (
    pick(
        1, "Blueberry Weather", "Nine Lamps Roastery", trade_off="You give up the floral lift: this is jam, not jasmine.", sample=False,
        affiliate=True, link=f"/go/{uuid5(NAMESPACE, 'offer')}",
        reasons=(
            Reason("It is the first thing in the cup: cherries dried whole for 21 days.", quote="like blueberry jam"),
            Reason("Roasted for filter, and forgiving of a coarse grind.", quote="V60 every morning"),
        ),
    ),
    pick(
        2, "Plum Rain", "Slow Comet Coffee", family="fermented", origin="Burundi, Kayanza", notes=("black plum", "red wine", "brown sugar"),
        price=Price(1380, "USD", 250.0), price_per_100g=UnitPrice(552, "USD"), trade_off="It ends a little winey.", roast="Light",
        reasons=(Reason("The cheapest of the three fruit-forward ones.", quote="up to 20 dollars"),),
    ),
    pick(
        3, "Velvet Hour", "Thimble & Oak", family="cocoa", origin="Brazil, Cerrado", notes=("cherry chocolate", "hazelnut", "fudge"),
        price=Price(1190, "USD", 250.0), price_per_100g=UnitPrice(476, "USD"), roast="Medium", process="honey", sample=False,
        trade_off="You give up most of the blueberry for comfort.",
        reasons=(Reason("Cherry under chocolate, softer than you described.", quote="a little chocolate"),),
    ),
)  # fmt: skip

QUESTION = Question(
    facet="process", text="how wild may the fruit be?", left=FITTING, left_if=9,
    choices=(Choice("Clean and sweet", 9), Choice("A little winey", 12), Choice("Wild, boozy", 5)),
)  # fmt: skip


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


def earlier(count: int) -> list[MessageView]:
    """What shopper and barista said before, in turns."""
    at = datetime.now(UTC)
    more = "Words. " * 20
    return [
        MessageView(
            uuid4(),
            role="barista" if n % 2 else "shopper",
            text=f"Earlier message {n}. {more}",
            status="complete",
            created_at=at,
        )
        for n in range(count)
    ]


class Catalogue:
    async def summary(self) -> CatalogueSummary:
        return CatalogueSummary(coffees=COFFEES, roasters=34, samples=True, prices_seen_at=datetime.now(UTC))


class Saved:
    """Nothing is saved."""

    async def list(self, shopper_id: UUID) -> tuple[SavedCoffee, ...]:
        return ()


class Script:
    """A conversation that answers from a script; a message with "fail" breaks midway, with "long" it goes on for a while.

    With "think" the first word takes long, and with "remember" there turn out to be REMEMBERED earlier messages.
    """

    name = "house"

    def __init__(self, store: Store, words_per_second: float) -> None:
        self._store = store
        self._pause = 1 / words_per_second if words_per_second else 0.0

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        kept = self._store.kept[turn.conversation_id]
        kept.traits = TRAITS
        if "remember" in turn.text:
            kept.messages[:0] = earlier(REMEMBERED)
        yield Start(turn.conversation_id, turn.message_id)
        yield Profile(TRAITS)
        yield Considered(FITTING, 12)
        if "think" in turn.text:
            await asyncio.sleep(THINKING)
        if turn.resume:
            async for event in self._say(AFTER):
                yield event
            yield Done(answered_by=self.name)
            return
        async for event in self._say(BEFORE):
            yield event
        if "fail" in turn.text:
            raise BaristaFailed("I could not reach the model just now. Your message is kept.")
        for card in PICKS:
            yield card
            await asyncio.sleep(self._pause * 3)
        async for event in self._say(AFTER + (LONG if "long" in turn.text else "")):
            yield event
        yield QUESTION
        yield Followups(("Cheaper per 100 g", "Why no Kenyans?", "A recipe for my V60"))
        yield Done(answered_by=self.name)

    async def _say(self, text: str) -> AsyncIterator[Event]:
        for word in text.split(" "):
            await asyncio.sleep(self._pause)
            yield Delta(f"{word} ")


@dataclass
class Services:
    """What `wiring.services()` gives, in memory."""

    words_per_second: float = 40.0
    settings: Settings = field(default_factory=Settings)
    conversations: Store = field(default_factory=Store)
    catalogue: Catalogue = field(default_factory=Catalogue)
    saved: Saved = field(default_factory=Saved)

    def __post_init__(self) -> None:
        self.profile = self.feedback = self.reranking = self.archive = self.export = self.conversations
        store = self.conversations
        self.replies = Replies(Script(store, self.words_per_second), store, news=store.news)  # type: ignore[arg-type]
