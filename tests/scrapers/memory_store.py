"""A page store for one run."""

from scrapers.fetch.store import StoredPage


class MemoryStore:
    """Keeps every page that it is given."""

    def __init__(self) -> None:
        self._pages: dict[str, StoredPage] = {}

    async def get(self, url: str) -> StoredPage | None:
        return self._pages.get(url)

    async def keep(self, url: str, page: StoredPage) -> None:
        self._pages[url] = page
