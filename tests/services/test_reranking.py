"""Cards are ranked again when the profile is changed by hand: from facts, with nobody asked."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest

from coffeebot.domain.errors import NotFound
from coffeebot.providers.llm.house import HouseBarista
from coffeebot.services.replies import Replies
from coffeebot.services.reranking import Ranked
from coffeebot.wiring import Services
from tests.services.test_profile import spoken

NATURALS = "a natural coffee for filter, please"


@dataclass
class Table:
    """A conversation whose last reply offered cards."""

    services: Services
    conversation: str
    shopper: UUID

    async def line(self, facet: str) -> Any:
        view = await self.services.conversations.open(self.conversation, shopper_id=self.shopper)
        return next(line for line in view.traits if line.facet == facet)

    async def parts(self) -> dict[str, Any]:
        view = await self.services.conversations.open(self.conversation, shopper_id=self.shopper)
        return dict(view.messages[-1].parts)

    async def rank(self, changed: Any) -> Ranked:
        return await self.services.reranking.rank(self.conversation, shopper_id=self.shopper, before=changed.before)

    @property
    def mine(self) -> dict[str, Any]:
        return {"shopper_id": self.shopper, "conversation_id": self.conversation}


@pytest.fixture
async def table(starter_services: Services) -> Table:
    shopper = uuid4()
    conversation = await spoken(starter_services, NATURALS, shopper=shopper)
    return Table(starter_services, conversation, shopper)


async def offered(services: Services, conversation: str) -> list[str]:
    owner = await services.conversations.owner(conversation)
    assert owner
    return names((await services.conversations.open(conversation, shopper_id=owner)).messages[-1].parts["picks"])


def names(cards: list[dict[str, Any]]) -> list[str]:
    return [card["name"] for card in cards]


async def test_a_card_that_breaks_a_new_must_steps_back_and_the_next_takes_its_place(table: Table) -> None:
    before = await table.parts()
    lost = before["picks"][0]
    changed = await table.services.profile.refuse(UUID(lost["id"]), "process:natural", **table.mine)
    ranked = await table.rank(changed)
    assert ranked.offer
    parts = dict(ranked.offer.parts)
    assert lost["name"] in names(parts["behind"]) and lost["name"] not in names(parts["picks"])
    assert len(parts["picks"]) == len(before["picks"]) and all("natural" not in pick["process"] for pick in parts["picks"])
    why = next(card["why"] for card in parts["behind"] if card["name"] == lost["name"])
    assert why["kind"] == "broken" and why["musts"][0]["label"] == "No natural process"
    assert await table.parts() == parts


async def test_undo_brings_the_cards_back_as_they_were(table: Table) -> None:
    before = await table.parts()
    changed = await table.services.profile.refuse(UUID(before["picks"][0]["id"]), "process:natural", **table.mine)
    await table.rank(changed)
    changed = await table.services.profile.undo(changed.undo, **table.mine)
    await table.rank(changed)
    after = await table.parts()
    assert after["picks"] == before["picks"] and "behind" not in after and "offered" not in after
    assert [line.label for line in changed.lines] == ["Natural process", "Filter"]


async def test_just_not_this_one_hides_it_from_this_shopper_alone(table: Table) -> None:
    before = await table.parts()
    hidden = before["picks"][0]
    changed = await table.services.profile.refuse(UUID(hidden["id"]), "this", **table.mine)
    ranked = await table.rank(changed)
    assert ranked.offer and hidden["name"] not in names(ranked.offer.parts["picks"])
    assert ranked.offer.parts["behind"][0]["why"] == {"kind": "hidden", "musts": []}
    counted = (await table.services.conversations.open(table.conversation, shopper_id=table.shopper)).fitting
    assert counted == before["considered"]["count"] - 1 == ranked.considered.count
    stranger = await spoken(table.services, NATURALS, shopper=uuid4())
    assert hidden["name"] in await offered(table.services, stranger)
    await table.rank(await table.services.profile.unhide(UUID(hidden["id"]), **table.mine))
    assert names((await table.parts())["picks"]) == names(before["picks"])


async def test_pausing_applies_a_line_no_more_and_keeps_it(table: Table) -> None:
    line = await table.line("process")
    changed = await table.services.profile.pause(line.id, **table.mine)
    assert {line.label: line.paused for line in changed.lines} == {"Natural process": True, "Filter": False}
    ranked = await table.rank(changed)
    assert ranked.considered.count > (await table.parts())["considered"]["count"]
    again = await table.services.profile.pause((await table.line("process")).id, **table.mine)
    assert not any(line.paused for line in again.lines)


async def test_a_stranger_ranks_nothing(table: Table) -> None:
    with pytest.raises(NotFound):
        await table.services.reranking.rank(table.conversation, shopper_id=uuid4(), before=())


async def test_no_barista_is_asked(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a stranger's card nor the count comes from a model: one that is asked at all breaks this."""

    def asked(*_: Any) -> None:
        raise AssertionError("A barista was asked.")

    monkeypatch.setattr(HouseBarista, "reply", asked)
    monkeypatch.setattr(Replies, "start", asked)
    hand = table.services.profile
    for change in (hand.pause, hand.pause, hand.pause, hand.remove):
        await table.rank(await change((await table.line("process")).id, **table.mine))
    assert (await table.parts())["ranked"] == 4
