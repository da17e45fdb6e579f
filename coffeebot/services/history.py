"""One of the shopper's conversations: begun, found again, opened at its end, or further back."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.opinion import Opinion
from coffeebot.domain.taste import active
from coffeebot.models import Conversation, Message, archive
from coffeebot.models.branch import has_aside
from coffeebot.models.conversation import messages_before, messages_of, owned
from coffeebot.models.database import Database
from coffeebot.models.feedback import feedback_on
from coffeebot.models.mark import hidden_from
from coffeebot.models.trait import traits_of
from coffeebot.services.catalogue import Catalogue
from coffeebot.services.profile import lines
from coffeebot.services.retrieval import Retrieval
from coffeebot.services.transcript import Transcript
from coffeebot.services.views import ConversationView, EarlierView, MessageView

AT_ONCE = 12  # messages of a conversation that a page waits for when it opens
SHOWN = 60  # those that it shows then, and that it fetches at one time
MOST_SHOWN = 1000


class Conversations:
    def __init__(self, database: Database, transcript: Transcript, retrieval: Retrieval, catalogue: Catalogue) -> None:
        self._database = database
        self._transcript = transcript
        self._retrieval = retrieval
        self._catalogue = catalogue

    async def newest(self, shopper_id: UUID) -> str | None:
        """The id of the conversation in which something was said last."""
        async with self._database.session() as session:
            found = await archive.conversations_of(session, shopper_id, limit=1)
        return found[0].id if found else None

    async def create(self, shopper_id: UUID) -> str:
        return await self._transcript.create(shopper_id)

    async def owner(self, conversation_id: str) -> UUID | None:
        """Whose it is, for a client that has no cookie and shows the id as its capability."""
        async with self._database.session() as session:
            found = await session.get(Conversation, conversation_id)
            return found.shopper_id if found and not found.deleted_at else None

    async def open(self, conversation_id: str, *, shopper_id: UUID, limit: int = SHOWN) -> ConversationView:
        """The conversation with its last `limit` messages, MOST_SHOWN at most."""
        limit = min(limit, MOST_SHOWN)
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            messages = await messages_of(session, conversation_id, limit=limit + 1)
            opinions = await _opinions(session, messages)
            profile = await traits_of(session, shopper_id, conversation_id)
            hidden = await hidden_from(session, shopper_id)
            edited = await has_aside(session, conversation)
        return ConversationView(
            id=conversation.id,
            title=conversation.called,
            messages=tuple(_view(message) for message in messages[-limit:]),
            traits=lines(profile, language=conversation.language),
            fitting=(await self._retrieval.count(active(profile), hidden=hidden)).count,
            catalogue=(await self._catalogue.summary()).coffees,
            edited=edited,
            earlier=len(messages) > limit,
            opinions=opinions,
        )

    async def earlier(self, conversation_id: str, before: UUID, *, shopper_id: UUID, limit: int = SHOWN) -> EarlierView:
        """The `limit` messages before the message `before`, SHOWN at most."""
        limit = min(limit, SHOWN)
        async with self._database.session() as session:
            await owned(session, conversation_id, shopper_id)
            messages = await messages_before(session, conversation_id, before, limit=limit + 1)
            opinions = await _opinions(session, messages)
        return EarlierView(tuple(_view(message) for message in messages[-limit:]), earlier=len(messages) > limit, opinions=opinions)


def _view(message: Message) -> MessageView:
    return MessageView(
        id=message.id, role=message.role, text=message.text, status=message.status, created_at=message.created_at,
        answered_by=message.answered_by, parts=message.parts,
    )  # fmt: skip


async def _opinions(session: AsyncSession, messages: Iterable[Message]) -> dict[UUID, Opinion]:
    replies = [message.id for message in messages if message.role == "barista"]
    return {f.message_id: Opinion(f.verdict, f.reason, f.comment) for f in await feedback_on(session, replies)}
