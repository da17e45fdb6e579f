"""The shopper's conversations as a list: searched, renamed, deleted with a way back."""

import re
import unicodedata
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.domain.prose import plain
from coffeebot.domain.untrusted import visible
from coffeebot.models import Conversation, archive
from coffeebot.models.base import now
from coffeebot.models.conversation import owned
from coffeebot.models.database import Database
from coffeebot.services.news import News
from coffeebot.services.views import ConversationLine, ConversationList, Excerpt

NAME_CHARS, QUERY_CHARS, WORDS = 80, 100, 6
MOST = 2000  # conversations that a list may show
UNDO_FOR = timedelta(hours=1)  # how long a deleted conversation can be brought back
AROUND = 40  # characters of a message before the first word that was found
EXCERPT = 140
_WIDE = {sign: sign + 0xFEE0 for sign in range(0x21, 0x7F)}
_KANA = [chr(sign) for sign in range(0xFF61, 0xFFA0)]
_NARROW = {unicodedata.normalize("NFKC", kana + mark): kana + mark for mark in ("\uff9e", "\uff9f", "") for kana in _KANA}


class Archive:
    def __init__(self, database: Database, news: News | None = None) -> None:
        self._database = database
        self._news = news or News()

    def changes(self, shopper_id: UUID) -> AsyncIterator[None]:
        """At once, and whenever something changed in the list, from wherever."""
        return self._news.follow(shopper_id)

    async def list(self, shopper_id: UUID, *, query: str = "", limit: int = 50) -> ConversationList:
        """The newest `limit`; with a `query` those in which each of its words stands, and where."""
        words, limit = searched(query), min(max(limit, 1), MOST)
        async with self._database.session() as session:
            total = await archive.count(session, shopper_id)
            if not words:
                newest = await archive.conversations_of(session, shopper_id, limit=limit)
                return ConversationList(tuple(_line(conversation) for conversation in newest), found=total, total=total)
            found, matching = await archive.search(session, shopper_id, [written(word) for word in words], limit=limit)
        return ConversationList(tuple(_line(*each, words=words) for each in found), found=matching, total=total)

    async def rename(self, conversation_id: str, name: str, *, shopper_id: UUID) -> str:
        """Calls it `name`, or by its first words again when that is empty; returns what it is called now."""
        name = visible(name)
        if len(name) > NAME_CHARS:
            raise BadInput("A name may have {most} characters; that one has {count}. Shorten it.", most=NAME_CHARS, count=len(name))
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            conversation.name = name
            called = conversation.called
        self._news.tell(shopper_id)
        return called

    async def delete(self, conversation_id: str, *, shopper_id: UUID) -> str:
        """Takes it out of the list and out of every search, as if it were gone; returns what it was called."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            conversation.deleted_at = now()
            called = conversation.called
        self._news.tell(shopper_id)
        await self.purge()
        return called

    async def undelete(self, conversation_id: str, *, shopper_id: UUID) -> None:
        """Brings back what was deleted within the last hour."""
        async with self._database.session() as session:
            found = await session.get(Conversation, conversation_id)
            if found is None or found.shopper_id != shopper_id or not found.deleted_at or found.deleted_at < now() - UNDO_FOR:
                raise NotFound("That conversation cannot be brought back any more.")
            found.deleted_at = None
        self._news.tell(shopper_id)

    async def purge(self) -> int:
        """Deletes for good what can no longer be brought back; how many conversations."""
        async with self._database.session() as session:
            return await archive.purge(session, before=now() - UNDO_FOR)


def searched(query: str) -> tuple[str, ...]:
    """The words of a search, in compatibility form, each once."""
    plain_query = unicodedata.normalize("NFKC", query.replace("\x00", ""))[:QUERY_CHARS]
    return tuple(dict.fromkeys(plain_query.split()))[:WORDS]


def written(word: str) -> tuple[str, ...]:
    """A word in the ways in which it may be written: in compatibility form, in full width, with half-width kana."""
    narrow = "".join(_NARROW.get(sign, sign) for sign in word)
    return tuple(dict.fromkeys((word, word.translate(_WIDE), narrow)))


def excerpt(text: str, words: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    """A piece of `text` around the first of `words`, as runs that are one of them or not."""
    text = " ".join(unicodedata.normalize("NFKC", text).split())
    one = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    first = one.search(text)
    start = max(0, first.start() - AROUND) if first else 0
    if start:
        start = text.find(" ", start, first.start()) + 1 or start if first else start
    piece = text[start : start + EXCERPT]
    runs, at = [("…", False)] if start else [], 0
    for match in one.finditer(piece):
        runs += [(piece[at : match.start()], False), (match[0], True)]
        at = match.end()
    runs += [(piece[at:], False), ("…", False)] if start + EXCERPT < len(text) else [(piece[at:], False)]
    return tuple(run for run in runs if run[0])


def _line(conversation: Conversation, role: str | None = None, text: str | None = None, *, words: tuple[str, ...] = ()) -> ConversationLine:
    found = Excerpt(role, excerpt(plain(text) if role == "barista" else text, words)) if role and text else None
    return ConversationLine(
        id=conversation.id,
        title=conversation.called,
        updated_at=conversation.updated_at,
        found=found,
    )
