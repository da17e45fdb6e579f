"""One of the shopper's conversations: begun, found again, opened whole."""

from uuid import UUID

from coffeebot.domain.taste import active
from coffeebot.models import Conversation, Message
from coffeebot.models.branch import has_aside
from coffeebot.models.conversation import messages_of, newest_of, owned
from coffeebot.models.database import Database
from coffeebot.models.mark import MarkKind, marked
from coffeebot.models.trait import traits_of
from coffeebot.services.catalogue import Catalogue
from coffeebot.services.profile import lines
from coffeebot.services.retrieval import Retrieval
from coffeebot.services.transcript import Transcript
from coffeebot.services.views import ConversationView, MessageView

SHOWN = 60  # messages of a conversation that a page opens with


class Conversations:
    def __init__(self, database: Database, transcript: Transcript, retrieval: Retrieval, catalogue: Catalogue) -> None:
        self._database = database
        self._transcript = transcript
        self._retrieval = retrieval
        self._catalogue = catalogue

    async def newest(self, shopper_id: UUID) -> str | None:
        async with self._database.session() as session:
            return await newest_of(session, shopper_id)

    async def create(self, shopper_id: UUID, *, opening: str | None = None) -> str:
        return await self._transcript.create(shopper_id, opening=opening)

    async def owner(self, conversation_id: str) -> UUID | None:
        """Whose it is, for a client that has no cookie and shows the id as its capability."""
        async with self._database.session() as session:
            found = await session.get(Conversation, conversation_id)
            return found.shopper_id if found and not found.deleted_at else None

    async def open(self, conversation_id: str, *, shopper_id: UUID) -> ConversationView:
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            messages = await messages_of(session, conversation_id, limit=SHOWN)
            profile = await traits_of(session, shopper_id, conversation_id)
            hidden = frozenset(await marked(session, shopper_id, MarkKind.HIDDEN))
            edited = await has_aside(session, conversation)
        return ConversationView(
            id=conversation.id,
            title=conversation.called,
            messages=tuple(_view(message) for message in messages),
            traits=lines(profile, language=conversation.language),
            fitting=(await self._retrieval.count(active(profile), hidden=hidden)).count,
            catalogue=(await self._catalogue.summary()).coffees,
            edited=edited,
        )


def _view(message: Message) -> MessageView:
    return MessageView(
        id=message.id, role=message.role, text=message.text, status=message.status, created_at=message.created_at,
        answered_by=message.answered_by, parts=message.parts,
    )  # fmt: skip
