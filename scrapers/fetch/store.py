"""What was seen last time, so that a shop need not send it again."""

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


class NoStore:
    """Remembers nothing: every answer comes whole."""

    async def get(self, url: str) -> StoredPage | None:
        return None

    async def keep(self, url: str, page: StoredPage) -> None:
        return None
