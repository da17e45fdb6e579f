"""Pages of one shop with their ETags, kept in PostgreSQL."""

from uuid import UUID

from coffeebot.models import snapshot
from coffeebot.models.base import now
from coffeebot.services.ingestion.rehearsal import Sessions
from scrapers.fetch.store import StoredPage


class DatabasePages:
    """A PageStore. A page that is asked for counts as seen: what nobody asks for any more is cleaned up."""

    def __init__(self, sessions: Sessions, source_id: UUID) -> None:
        self._sessions = sessions
        self._source_id = source_id

    async def get(self, url: str) -> StoredPage | None:
        async with self._sessions.session() as session:
            page = await snapshot.stored_page(session, self._source_id, url)
            if page is None:
                return None
            page.seen_at = now()
            return StoredPage(page.final_url, page.body, page.content_type, page.etag, page.last_modified)

    async def keep(self, url: str, page: StoredPage) -> None:
        row = snapshot.StoredPage(
            source_id=self._source_id,
            url=url,
            final_url=page.url,
            body=page.body,
            content_type=page.content_type,
            etag=page.etag,
            last_modified=page.last_modified,
        )
        async with self._sessions.session() as session:
            await snapshot.save_page(session, row)
