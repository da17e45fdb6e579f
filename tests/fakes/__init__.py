"""The services of the page in memory: the real hub of replies over a barista who reads from a script."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from coffeebot.services.replies import Replies
from coffeebot.services.saved import SavedCoffee
from coffeebot.services.views import CatalogueSummary
from coffeebot.settings import Settings
from tests.fakes.said import COFFEES, FITTING, REMEMBERED, TRAITS, trait
from tests.fakes.script import Script, earlier
from tests.fakes.store import Kept, Store

__all__ = ["COFFEES", "FITTING", "REMEMBERED", "TRAITS", "Kept", "Services", "earlier", "trait"]


class Catalogue:
    async def summary(self) -> CatalogueSummary:
        return CatalogueSummary(coffees=COFFEES, roasters=34, samples=True, prices_seen_at=datetime.now(UTC))


class Saved:
    """Nothing is saved."""

    async def list(self, shopper_id: UUID) -> tuple[SavedCoffee, ...]:
        return ()


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
