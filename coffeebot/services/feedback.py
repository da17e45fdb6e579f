"""Thumbs: what the shopper thinks of an answer, kept until they think otherwise."""

from uuid import UUID

from coffeebot.domain.errors import NotFound
from coffeebot.domain.opinion import Opinion, checked
from coffeebot.models import Message
from coffeebot.models.conversation import owned
from coffeebot.models.database import Database
from coffeebot.models.feedback import drop_feedback, put_feedback


class Feedbacks:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def give(self, message_id: UUID, *, verdict: str, reason: str = "", comment: str = "", shopper_id: UUID) -> Opinion:
        """Keeps the thumb in place of an older one. BadInput for what is none of ours, NotFound for a reply of somebody else."""
        opinion = checked(verdict=verdict, reason=reason, comment=comment)
        async with self._database.session() as session:
            message = await session.get(Message, message_id)
            if message is None or message.role != "barista":
                raise NotFound("That answer is no longer here.")
            await owned(session, message.conversation_id, shopper_id)
            await put_feedback(session, message_id, verdict=opinion.verdict, reason=opinion.reason, comment=opinion.comment)
        return opinion

    async def take_back(self, message_id: UUID, *, shopper_id: UUID) -> None:
        """Leaves no opinion; without one it does nothing."""
        async with self._database.session() as session:
            message = await session.get(Message, message_id)
            if message is None:
                return
            await owned(session, message.conversation_id, shopper_id)
            await drop_feedback(session, message_id)
