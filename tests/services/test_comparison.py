"""Coffees side by side, and what stands in the way of one."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from coffeebot.domain.comparison import cheapest, rows
from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.wiring import Services
from tests.builders import candidate
from tests.services.test_profile import spoken


def test_rows_that_differ_come_first_and_silent_ones_not_at_all() -> None:
    one = candidate("One", acidity="high", body="light", processes=("washed",))
    two = candidate("Two", acidity="low", body="light", processes=("natural",))
    made = rows((one, two), [Trait(Facet.ACIDITY, "low"), Trait(Facet.BODY, "full", Polarity.AVOID)])
    assert [row.of for row in made] == [Facet.ACIDITY, Facet.BODY, Facet.PROCESS, Facet.NOTE, Facet.ROAST, Facet.ORIGIN]
    assert made[0].values == (("high",), ("low",)) and made[0].wanted == "low" and made[0].differs
    assert not made[1].differs and made[1].wanted == ""


def test_a_fact_that_one_does_not_state_is_no_difference() -> None:
    made = rows((candidate("One", processes=()), candidate("Two")), ())
    assert not next(row for row in made if row.of is Facet.PROCESS).differs


def test_the_cheapest_needs_a_price_of_each() -> None:
    one, two = candidate("One"), candidate("Two")
    assert cheapest((one, two), {one.id: Decimal(6), two.id: Decimal(5)}) == two.id
    assert cheapest((one, two), {one.id: Decimal(6)}) is None
    assert cheapest((one, two), {one.id: Decimal(6), two.id: Decimal(6)}) is None


async def test_picks_are_compared_in_the_order_asked_for(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "a fruity coffee under $30", shopper=shopper)
    mine: dict[str, Any] = {"shopper_id": shopper, "conversation_id": conversation}
    view = await starter_services.conversations.open(conversation, shopper_id=shopper)
    ids = [UUID(pick["id"]) for pick in view.messages[-1].parts["picks"]]
    compared = await starter_services.comparisons.of([ids[2], ids[0]], **mine)
    assert [pick.id for pick in compared.picks] == [ids[2], ids[0]]
    assert all(len(row.values) == 2 for row in compared.rows) and all(pick.reasons for pick in compared.picks)
    for chosen in ([], ids[:1], [ids[0], ids[0]], [*ids, uuid4()]):
        with pytest.raises(BadInput):
            await starter_services.comparisons.of(chosen, **mine)
    with pytest.raises(NotFound):
        await starter_services.comparisons.of([ids[0], uuid4()], **mine)
    with pytest.raises(NotFound):
        await starter_services.comparisons.of(ids[:2], shopper_id=uuid4(), conversation_id=conversation)


async def test_why_not_names_the_must_and_relaxing_it_answers_otherwise(starter_services: Services) -> None:
    shopper = uuid4()
    conversation = await spoken(starter_services, "a washed coffee", shopper=shopper)
    mine: dict[str, Any] = {"shopper_id": shopper, "conversation_id": conversation}
    stranger = uuid4()
    other = await spoken(starter_services, "a natural coffee", shopper=stranger)
    natural = (await starter_services.conversations.open(other, shopper_id=stranger)).messages[-1].parts["picks"][0]["name"]
    doubt = await starter_services.doubts.about(natural, **mine)
    assert doubt.kind == "broken" and doubt.name == natural
    [obstacle] = doubt.obstacles
    assert obstacle.label == "Washed" and "natural" in obstacle.fact
    await starter_services.profile.pause(obstacle.trait_id, paused=True, **mine)
    assert (await starter_services.doubts.about(natural, **mine)).kind in ("offered", "behind", "far")
    assert (await starter_services.doubts.about("A name that nobody gave", **mine)).kind == "missing"
    for name in ("", None, 7, "x" * 500):
        with pytest.raises(BadInput):
            await starter_services.doubts.about(name, **mine)
