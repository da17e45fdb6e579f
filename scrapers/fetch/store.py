"""What was seen last time, so that a shop need not send it again."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredPage:
    """An answer with what its shop calls this version of it. `url` is where it came from after redirects."""

    url: str
    body: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


class PageStore(Protocol):
    """Keeps the last good answer to each address."""

    async def get(self, url: str) -> StoredPage | None: ...

    async def keep(self, url: str, page: StoredPage) -> None: ...


class MemoryStore:
    """A store for one run; the oldest pages make room."""

    def __init__(self, most_pages: int = 50) -> None:
        self._pages: OrderedDict[str, StoredPage] = OrderedDict()
        self._most = most_pages

    async def get(self, url: str) -> StoredPage | None:
        return self._pages.get(url)

    async def keep(self, url: str, page: StoredPage) -> None:
        self._pages[url] = page
        self._pages.move_to_end(url)
        if len(self._pages) > self._most:
            self._pages.popitem(last=False)


class NoStore:
    """Remembers nothing: every answer comes whole."""

    async def get(self, url: str) -> StoredPage | None:
        return None

    async def keep(self, url: str, page: StoredPage) -> None:
        return None
