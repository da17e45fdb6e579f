"""Puts coffees side by side against the shopper's card: from facts, no language model is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from coffeebot.domain.comparison import Row, cheapest, rows
from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.domain.taste import active
from coffeebot.domain.turn import Pick
from coffeebot.models.conversation import owned
from coffeebot.models.database import Database
from coffeebot.models.search import find_these
from coffeebot.models.trait import traits_of
from coffeebot.services.cards import cards
from coffeebot.services.retrieval import dollars

LEAST, MOST = 2, 3


@dataclass(frozen=True, slots=True)
class Comparison:
    """`picks` in the order asked for; every row has a value for each; `cheapest` by price per 100 g, when that can be said."""

    picks: tuple[Pick, ...]
    rows: tuple[Row, ...]
    cheapest: UUID | None


class Comparisons:
    def __init__(self, database: Database, rates: Mapping[str, Decimal]) -> None:
        self._database = database
        self._rates = dict(rates)

    async def of(self, ids: Sequence[UUID], *, shopper_id: UUID, conversation_id: str) -> Comparison:
        """Raises BadInput unless two or three are chosen, NotFound when fewer than two of them are still on the shelf."""
        chosen = list(dict.fromkeys(ids))
        if not LEAST <= len(chosen) <= MOST:
            raise BadInput("Choose two or three coffees to compare.")
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            profile = active(await traits_of(session, shopper_id, conversation_id))
        async with self._database.reading() as connection:
            coffees = await find_these(connection, chosen, rates=self._rates)
        if len(coffees) < LEAST:
            raise NotFound("Of those coffees fewer than two are still on the shelf.")
        prices = {coffee.id: price for coffee in coffees if (price := dollars(coffee, self._rates)) is not None}
        picks = cards(coffees, profile, language=conversation.language, rates=self._rates)
        return Comparison(picks, rows(coffees, profile), cheapest(coffees, prices))
