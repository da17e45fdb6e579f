"""A complaint is heard with what lay on the table."""

from uuid import uuid4

import pytest

from coffeebot.domain.query import CoffeeQuery
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.understanding import understand
from coffeebot.services.critiques import Critiques
from coffeebot.services.transcript import Turn
from coffeebot.wiring import Services


async def test_the_first_on_the_table_is_meant_unless_another_is_pointed_at(starter_services: Services) -> None:
    coffees = (await starter_services.retrieval.search(CoffeeQuery())).candidates[:3]
    critiques = Critiques(starter_services.database, starter_services.settings.exchange_rates)
    for message, meant in (("I'd rather have a different origin.", coffees[0]), ("the second one: wrong origin", coffees[1])):
        turn = Turn(
            conversation_id="c", shopper_id=uuid4(), message_id=uuid4(), answers=uuid4(), text=message, number=2,
            offered_last=tuple(coffee.name for coffee in coffees), table=tuple(coffee.id for coffee in coffees),
        )  # fmt: skip
        heard = await critiques.heard(turn, understand(message, offered=turn.offered_last), ())
        assert {t.value for t in heard.change.add} == set(meant.origins)
        assert all(t.facet is Facet.ORIGIN and t.polarity is Polarity.AVOID for t in heard.change.add)


async def test_nothing_is_added_when_nothing_was_offered_or_nothing_is_wrong(starter_services: Services) -> None:
    critiques = Critiques(starter_services.database, starter_services.settings.exchange_rates)
    for message in ("too expensive", "something fruity"):
        turn = Turn(conversation_id="c", shopper_id=uuid4(), message_id=uuid4(), answers=uuid4(), text=message, number=1)
        understood = understand(message)
        assert await critiques.heard(turn, understood, ()) is understood


@pytest.mark.parametrize(
    ("message", "roast", "levels"),
    [
        ("a bit lighter", "Dark", {"Light", "Medium-Light", "Medium", "Medium-Dark"}),
        ("lighter, please", "Medium", {"Light", "Medium-Light"}),
        ("something darker", "Light", {"Medium-Light", "Medium", "Medium-Dark", "Dark"}),
        ("もう少し浅いもの", "Medium", {"Light", "Medium-Light"}),
        ("もっと深いものを", "Medium-Dark", {"Dark"}),
    ],
)
async def test_lighter_and_darker_are_measured_by_what_was_offered(
    starter_services: Services, message: str, roast: str, levels: set[str]
) -> None:
    found = await starter_services.retrieval.search(CoffeeQuery(traits=(Trait(Facet.ROAST, roast),)))
    turn = Turn(
        conversation_id="c", shopper_id=uuid4(), message_id=uuid4(), answers=uuid4(), text=message, number=2,
        offered_last=(found.candidates[0].name,), table=(found.candidates[0].id,),
    )  # fmt: skip
    critiques = Critiques(starter_services.database, starter_services.settings.exchange_rates)
    heard = await critiques.heard(turn, understand(message, offered=turn.offered_last), ())
    assert {trait.value for trait in heard.change.add if trait.facet is Facet.ROAST} == levels
