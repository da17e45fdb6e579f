"""The reading beside the reply: the first model that can does it, and nothing that goes wrong with it is seen."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coffeebot.domain.errors import BudgetSpent, Failure, ProviderFailed
from coffeebot.domain.message import Understanding
from coffeebot.domain.query import Matches
from coffeebot.domain.taste import Facet, Polarity, ProfileChange, Source, Trait
from coffeebot.providers.llm.base import Account, Context, Line
from coffeebot.providers.llm.extraction import Refinement
from coffeebot.providers.llm.model import Model, Prompt, Tokens
from coffeebot.services.refinement import Refiner, merged
from evals.wire import Scene, say
from tests.providers.models import KINDS, played

USED = Tokens(input=700, output=40)
PLUM = {"facet": "flavour", "value": "stone_fruit", "polarity": "must", "strength": 2, "evidence": "plum cake"}
ANSWER = json.dumps({"traits": [PLUM | {"amount": None, "currency": None, "grams": None}], "remove": [], "summary": "Likes plums."})
ACCOUNT = Account(shopper_id=uuid4(), conversation_id="secret-conversation", message_id=uuid4())
CONTEXT = Context("like plum cake", Understanding(), (), Matches((), 0, 0), account=ACCOUNT)
LEAVING = (Line("shopper", "hello"),)


@dataclass
class Reader:
    """A model that answers with a text, fails, or does as it is told; `asked` are the prompts it got."""

    answer: str | Exception | Callable[[], Awaitable[str]] = ANSWER
    provider: str = "anthropic"
    name: str = "small"
    asked: list[Prompt] = field(default_factory=list)

    def stream(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("profiles are not streamed")

    async def extract(self, prompt: Prompt) -> tuple[str, Tokens]:
        self.asked.append(prompt)
        if isinstance(self.answer, Exception):
            raise self.answer
        return (self.answer if isinstance(self.answer, str) else await self.answer()), USED

    async def check(self) -> None: ...

    async def close(self) -> None: ...


@dataclass
class Purse:
    """A meter: `settled` are (model, outcome, tokens), `left` the calls that it still lets through."""

    left: int = 10
    broken: Exception | None = None
    opened: list[str] = field(default_factory=list)
    settled: list[tuple[str, str, Tokens | None]] = field(default_factory=list)

    async def open(self, model: Model, prompt: Prompt, *, purpose: str) -> "Slip":
        if self.broken:
            raise self.broken
        if len(self.opened) >= self.left:
            raise BudgetSpent("The budget is spent.")
        assert prompt.schema is not None and purpose == "profile"
        self.opened.append(model.name)
        return Slip(self, model.name)


@dataclass
class Slip:
    purse: Purse
    model: str

    def first_word(self) -> None: ...

    async def settle(self, outcome: str, tokens: Tokens | None) -> None:
        await asyncio.sleep(0)
        self.purse.settled.append((self.model, outcome, tokens))


async def refine(*models: Model, purse: Purse | None = None, seconds: float = 5, falling: Sequence[Line] = ()) -> Refinement | None:
    return await Refiner(models, seconds=seconds).refine(CONTEXT, purse or Purse(), falling=falling)


def values(refinement: Refinement | None) -> list[str]:
    return [trait.value for trait in refinement.change.add] if refinement else []


async def forever() -> str:
    await asyncio.Event().wait()
    return ANSWER


async def test_the_first_model_reads_and_is_paid() -> None:
    first, second, purse = Reader(), Reader(), Purse()
    assert values(await refine(first, second, purse=purse)) == ["stone_fruit"]
    assert len(first.asked) == 1 and not second.asked and purse.settled == [("small", "ok", USED)]


async def test_without_lines_that_leave_there_is_no_summary() -> None:
    reader = Reader()
    assert (await refine(reader)).summary == "" and (await refine(reader, falling=LEAVING)).summary == "Likes plums."  # type: ignore[union-attr]
    assert "<leaving>" not in reader.asked[0].turns[0][1] and "<leaving>" in reader.asked[1].turns[0][1]


@pytest.mark.parametrize("kind", Failure)
async def test_when_one_cannot_the_next_reads(kind: Failure, caplog: pytest.LogCaptureFixture) -> None:
    purse = Purse()
    assert values(await refine(Reader(ProviderFailed(kind, detail="it broke")), Reader(name="next"), purse=purse)) == ["stone_fruit"]
    assert purse.settled == [("small", str(kind), None), ("next", "ok", USED)]
    assert [record.levelno for record in caplog.records] == [logging.WARNING] and "it broke" in caplog.text


async def test_an_answer_that_cannot_be_read_is_paid_and_the_next_model_asked() -> None:
    purse = Purse()
    assert values(await refine(Reader("no JSON"), Reader(name="next"), purse=purse)) == ["stone_fruit"]
    assert purse.settled == [("small", "malformed", USED), ("next", "ok", USED)]


async def test_when_nobody_can_nothing_comes_of_it() -> None:
    assert await refine() is None
    assert await refine(Reader("no"), Reader(ProviderFailed(Failure.KEY))) is None


async def test_a_spent_budget_asks_nobody() -> None:
    reader, purse = Reader(), Purse(left=0)
    assert await refine(reader, purse=purse) is None
    assert not reader.asked and not purse.settled


@pytest.mark.parametrize("where", ["model", "meter"])
async def test_what_nobody_thought_of_is_logged_and_not_raised(where: str, caplog: pytest.LogCaptureFixture) -> None:
    purse = Purse(broken=RuntimeError("odd") if where == "meter" else None)
    assert await refine(Reader(RuntimeError("odd")), purse=purse) is None
    assert [outcome for _, outcome, _ in purse.settled] == (["malformed"] if where == "model" else [])
    assert len(caplog.records) == 1 and caplog.records[0].levelno == logging.ERROR


async def test_time_runs_out_for_all_of_them_together() -> None:
    purse, second = Purse(), Reader(name="next")
    assert await refine(Reader(forever), second, purse=purse, seconds=0.05) is None
    assert purse.settled == [("small", "timeout", None)] and not second.asked


async def test_a_stopped_reading_is_settled_and_stays_stopped() -> None:
    purse, began = Purse(), asyncio.Event()

    async def begin() -> str:
        began.set()
        return await forever()

    reading = asyncio.create_task(refine(Reader(begin), purse=purse))
    await began.wait()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert purse.settled == [("small", "cancelled", None)]


@pytest.mark.parametrize("kind", KINDS)
async def test_over_the_wire(kind: str) -> None:
    purse = Purse()
    async with played(kind) as (wire, model):
        wire.structured = say(ANSWER)
        refined = await refine(model, purse=purse, falling=LEAVING)
        assert values(refined) == ["stone_fruit"] and refined and refined.summary == "Likes plums."
        (request,) = wire.requests
        assert request.structured and "plum cake" in request.text and not request.streamed
        assert ACCOUNT.conversation_id not in request.text and str(ACCOUNT.shopper_id) not in request.text
        for broken in (Scene(status=500), say('{"traits": [', stop="max_tokens"), say("{}"), say("", stop="refusal")):
            wire.structured = broken
            assert await refine(model, purse=purse) is None
    assert [outcome for _, outcome, _ in purse.settled] == ["ok", "server", "cut_short", "malformed", "refused"]


F, P = Facet, Polarity
BERRY = Trait(F.FLAVOUR, "berry", evidence="berries", source=Source.LLM)


def read(*add: Trait, remove: Sequence[Trait] = ()) -> Refinement:
    return Refinement(ProfileChange(tuple(add), tuple(trait.id for trait in remove)))


def test_what_was_read_joins_the_card_with_its_message() -> None:
    rule, gone, message = Trait(F.ORIGIN, "Kenya"), Trait(F.DECAF, "decaf"), uuid4()
    after = merged((rule, gone), (rule, gone), read(BERRY, remove=[gone]), message_id=message)
    assert after == (rule, replace(BERRY, message_id=message))


def test_a_model_goes_before_the_rules_and_after_the_hand() -> None:
    rule, by_hand = Trait(F.FLAVOUR, "berry", P.WANT, 1), Trait(F.FLAVOUR, "berry", P.WANT, 1, source=Source.SHOPPER)
    assert merged((rule,), (rule,), read(BERRY)) == (BERRY,)
    assert merged((by_hand,), (by_hand,), read(BERRY, remove=[by_hand])) == (by_hand,)


def test_what_was_struck_out_meanwhile_stays_out_with_its_words() -> None:
    rule = Trait(F.FLAVOUR, "fruity", evidence="berries")
    assert merged((), (rule,), read(BERRY)) == ()
    assert merged((), (replace(rule, value="berry", evidence="x"),), read(BERRY)) == ()
    assert merged((), (replace(rule, polarity=P.AVOID),), read(BERRY)) == (BERRY,)
    assert merged((), (replace(rule, facet=F.ROAST),), read(BERRY)) == (BERRY,)


def test_a_line_and_its_contrary_do_not_stand_together() -> None:
    avoided = Trait(F.FLAVOUR, "berry", P.AVOID)
    by_hand = replace(avoided, source=Source.SHOPPER)
    assert merged((avoided,), (avoided,), read(BERRY)) == (BERRY,)
    assert merged((by_hand,), (by_hand,), read(BERRY)) == (by_hand,)
    assert merged((), (), read(BERRY, replace(avoided, source=Source.LLM))) == (BERRY,)


VALUES = st.sampled_from([(F.FLAVOUR, "berry"), (F.FLAVOUR, "citrus"), (F.ROAST, "Dark"), (F.DECAF, "decaf")])


@st.composite
def lines(draw: st.DrawFn, *sources: Source) -> Trait:
    facet, value = draw(VALUES)
    polarity, words = draw(st.sampled_from(Polarity)), draw(st.sampled_from(["", "dark berries", "citrus"]))
    return Trait(facet, value, polarity, draw(st.integers(1, 3)), words, draw(st.sampled_from(sources)))


CARD = st.lists(lines(*Source), max_size=6, unique_by=lambda trait: trait.key)


@given(seen=CARD, new=CARD, add=st.lists(lines(Source.LLM), max_size=5), data=st.data())
def test_the_hand_always_wins(seen: list[Trait], new: list[Trait], add: list[Trait], data: st.DataObject) -> None:
    struck = data.draw(st.sets(st.sampled_from(seen) if seen else st.nothing()))
    kept = [trait for trait in seen if trait not in struck]
    by_hand = [replace(trait, source=Source.SHOPPER) for trait in new if trait.key not in {t.key for t in kept}]
    current = (*kept, *by_hand)
    remove = data.draw(st.lists(st.sampled_from([*seen, *by_hand]) if (*seen, *by_hand) else st.nothing()))
    after = merged(current, seen, read(*add, remove=remove))
    assert [t for t in after if t.source is Source.SHOPPER] == [t for t in current if t.source is Source.SHOPPER]
    assert {t.key for t in after} & {t.key for t in struck} <= {t.key for t in current}
    assert len({t.key for t in after}) == len(after)
    news = [t for t in after if t not in current]
    assert all(t.source is Source.LLM and t.key in {a.key for a in add} for t in news)
    assert not any((t.facet, t.value) == (o.facet, o.value) and t.key != o.key for t in news for o in after)
