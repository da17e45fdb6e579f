"""A model as the barista: its words, its searches, its ends, and that every call is paid for."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import pytest

from coffeebot.domain.errors import BudgetSpent, Failure, ProviderFailed
from coffeebot.domain.message import Understanding
from coffeebot.domain.query import Candidate, Filters, Matches
from coffeebot.domain.turn import Choice, Followups, Question
from coffeebot.providers.llm.base import Context, Found, Said, Speech, Used
from coffeebot.providers.llm.clock import Limits
from coffeebot.providers.llm.model import Finished, Model, Piece, Prompt, Step, Stop, Text, Tokens, ToolCall
from coffeebot.providers.llm.pace import Pace
from coffeebot.providers.llm.speaker import ModelBarista
from tests.builders import candidate

QUESTION = Question(facet="roast", text="How far?", choices=(Choice("Light", 2),), left=38, left_if=9)
USED = Tokens(input=10, cached=7, cache_write=2, output=3)
END = Finished(Stop.END, USED, raw="end")
HERE = (Text("Here "), Text("is [[c1]]."), END)
LIMITS = Limits(connect=2, first_word=2, next_word=2, total=8)

Scene = Sequence[Piece | Exception | asyncio.Event]


def search(arguments: str = '{"origins": ["Kenya"]}', *, id: str = "call_1", name: str = "search_coffees") -> tuple[Piece, ...]:
    return (ToolCall(id, name, arguments), Finished(Stop.TOOL, USED, raw=f"raw {id}"))


@dataclass
class Script:
    """A model that plays one scene a call; an event is waited for, an exception raised."""

    scenes: list[Scene]
    provider: str = "anthropic"
    name: str = "played"
    asked: list[tuple[tuple[Step, ...], bool]] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    closed: int = 0
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    async def stream(self, prompt: Prompt, steps: Sequence[Step] = (), *, last: bool = False) -> AsyncIterator[Piece]:
        self.asked.append((tuple(steps), last))
        self.prompts.append(prompt)
        try:
            for move in self.scenes[len(self.asked) - 1]:
                if isinstance(move, Exception):
                    raise move
                if isinstance(move, asyncio.Event):
                    self.waiting.set()
                    await move.wait()
                else:
                    yield move
        finally:
            self.closed += 1

    async def extract(self, prompt: Prompt) -> tuple[str, Tokens]:
        raise AssertionError("a reply is streamed")

    async def check(self) -> None: ...

    async def close(self) -> None: ...


@dataclass
class Bill:
    """One receipt. With a `gate` it takes its time to settle."""

    gate: asyncio.Event | None = None
    first_words: int = 0
    settled: list[tuple[str, Tokens | None]] = field(default_factory=list)

    def first_word(self) -> None:
        self.first_words += 1

    async def settle(self, outcome: str, tokens: Tokens | None) -> None:
        if self.gate:
            await self.gate.wait()
        self.settled.append((outcome, tokens))


@dataclass
class Purse:
    """A meter with money for `calls` calls."""

    calls: int = 9
    gate: asyncio.Event | None = None
    bills: list[Bill] = field(default_factory=list)
    purposes: list[str] = field(default_factory=list)

    async def open(self, model: Model, prompt: Prompt, *, purpose: str) -> Bill:
        if len(self.bills) >= self.calls:
            raise BudgetSpent("The budget is spent.")
        assert model.name == "played" and prompt.turns
        self.purposes.append(purpose)
        self.bills.append(Bill(self.gate))
        return self.bills[-1]

    @property
    def outcomes(self) -> list[str]:
        return [outcome for bill in self.bills for outcome, _ in bill.settled]


@dataclass
class Shelf:
    candidates: tuple[Candidate, ...] = (candidate("Lantern Hill"),)
    asked: list[Filters] = field(default_factory=list)

    async def search(self, filters: Filters) -> Found:
        self.asked.append(filters)
        self.candidates = (*self.candidates, candidate(f"Late Find {len(self.asked)}"))
        return Found(coffees=((f"c{len(self.candidates)}", self.candidates[-1]),), count=1)


def context(**changes: Any) -> Context:
    usual: dict[str, Any] = {
        "message": "fruity please",
        "understanding": Understanding(),
        "profile": (),
        "matches": Matches(candidates=(candidate("Lantern Hill"),), count=38, unknown=12),
        "question": QUESTION,
        "coffees": 82,
        "shelf": Shelf(),
    }
    return Context(**{**usual, **changes})


def barista(model: Script, limits: Limits = LIMITS) -> ModelBarista:
    return ModelBarista(model, system="You are the barista.", limits=limits, max_tokens=900, pace=Pace())


async def hear(model: Script, purse: Purse, told: Context | None = None) -> list[Speech]:
    return [speech async for speech in barista(model).reply(told or context(), purse)]


async def hear_until_it_fails(model: Script, purse: Purse, told: Context | None = None) -> tuple[str, Exception]:
    said: list[Speech] = []
    with pytest.raises((ProviderFailed, BudgetSpent)) as failed:
        async for speech in barista(model).reply(told or context(), purse):
            said.append(speech)
    return words(said), failed.value


def words(said: Sequence[Speech]) -> str:
    return "".join(speech.text for speech in said if isinstance(speech, Said))


def results(model: Script, call: int) -> list[dict[str, Any]]:
    """What the tool calls before this call (from 0) were answered."""
    return [json.loads(result) for _, result in model.asked[call][0][-1].results]


async def test_words_go_out_as_they_come_and_the_reply_ends_as_every_baristas() -> None:
    model, purse = Script([HERE]), Purse()
    said = await hear(model, purse)
    assert said[:2] == [Said("Here "), Said("is [[c1]].")]
    assert said[2] == QUESTION and isinstance(said[3], Followups)
    assert said[4] == Used({"input": 10, "cached": 7, "cache_write": 2, "output": 3}) and len(said) == 5
    assert purse.bills == [Bill(first_words=1, settled=[("ok", USED)])] and purse.purposes == ["reply"]
    assert model.asked == [((), False)] and model.closed == 1


async def test_it_is_called_by_its_provider() -> None:
    assert barista(Script([])).name == "anthropic" and barista(Script([], provider="compatible")).name == "compatible"


async def test_a_search_is_answered_and_the_model_goes_on() -> None:
    model, purse, told = Script([(Text("Let me look. "), *search()), HERE]), Purse(), context()
    said = await hear(model, purse, told)
    assert words(said) == "Let me look. \n\nHere is [[c1]]."
    assert [trait.value for trait in told.shelf.asked[0].traits] == ["Kenya"]  # type: ignore[union-attr]
    ((step,), last) = model.asked[1]
    assert step.raw == "raw call_1" and step.results[0][0] == "call_1" and not last
    assert results(model, 1)[0]["coffees"][0]["ref"] == "c2"
    assert said[-1] == Used({"input": 20, "cached": 14, "cache_write": 4, "output": 6})
    assert [bill.settled for bill in purse.bills] == [[("ok", USED)], [("ok", USED)]]


async def test_a_silent_search_leaves_no_gap_and_its_call_no_first_word() -> None:
    model, purse = Script([search(), HERE]), Purse()
    assert words(await hear(model, purse)) == "Here is [[c1]]."
    assert [bill.first_words for bill in purse.bills] == [0, 1]


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (search("{not json"), "JSON"),
        (search('{"origins": ["Narnia"]}'), "Narnia"),
        (search('{"max_price": NaN}'), "max_price"),
        (search(name="transfer_money"), "There is no tool 'transfer_money', only search_coffees."),
    ],
)
async def test_a_malformed_call_is_the_models_to_mend(call: Scene, complaint: str) -> None:
    model, told = Script([call, search(id="call_2"), HERE]), context()
    assert words(await hear(model, Purse(), told)) == "Here is [[c1]]."
    assert complaint in results(model, 1)[0]["error"] and "coffees" in results(model, 2)[0]
    assert len(told.shelf.asked) == 1  # type: ignore[union-attr]


async def test_without_a_shelf_a_search_says_so() -> None:
    model = Script([search(), HERE])
    await hear(model, Purse(), context(shelf=None))
    assert "nothing to search" in results(model, 1)[0]["error"]


async def test_two_searches_a_turn_and_the_call_after_them_is_the_last() -> None:
    model, purse, told = Script([search(), search(id="call_2"), search(id="call_3")]), Purse(), context()
    said, failed = await hear_until_it_fails(model, purse, told)
    assert said == "" and isinstance(failed, ProviderFailed) and failed.kind is Failure.EMPTY
    assert [last for _, last in model.asked] == [False, False, True]
    assert [len(steps) for steps, _ in model.asked] == [0, 1, 2] and len(told.shelf.asked) == 2  # type: ignore[union-attr]
    assert purse.outcomes == ["ok", "ok", "empty"]


async def test_a_third_search_at_once_is_refused() -> None:
    calls = tuple(ToolCall(f"call_{n}", "search_coffees", '{"origins": ["Kenya"]}') for n in range(3))
    model, told = Script([(*calls, Finished(Stop.TOOL, USED, raw="raw")), HERE]), context()
    assert words(await hear(model, Purse(), told)) == "Here is [[c1]]."
    first, second, third = results(model, 1)
    assert (first["coffees"][0]["ref"], second["coffees"][0]["ref"]) == ("c2", "c3") and "no search left" in third["error"]
    assert len(told.shelf.asked) == 2 and model.asked[1][1] is True  # type: ignore[union-attr]


async def test_an_end_that_promises_a_tool_and_calls_none_is_an_end() -> None:
    model = Script([(Text("Here."), Finished(Stop.TOOL, USED))])
    assert words(await hear(model, Purse())) == "Here." and len(model.asked) == 1


@pytest.mark.parametrize(
    ("scene", "said", "kind", "tokens"),
    [
        ((END,), "", Failure.EMPTY, USED),
        ((Text(" \n "), END), "", Failure.EMPTY, USED),
        ((Text("Here is"), Finished(Stop.CUT_SHORT, USED)), "Here is", Failure.CUT_SHORT, USED),
        ((Text("Here is"), Finished(Stop.REFUSED, USED)), "Here is", Failure.REFUSED, USED),
        ((Finished(Stop.REFUSED, USED),), "", Failure.REFUSED, USED),
        ((Text("Here is"), ProviderFailed(Failure.OVERLOADED)), "Here is", Failure.OVERLOADED, None),
        ((ProviderFailed(Failure.KEY),), "", Failure.KEY, None),
        ((Text("Here is"),), "Here is", Failure.MALFORMED, None),
    ],
)
async def test_every_bad_end_has_its_name_after_what_was_said(scene: Scene, said: str, kind: Failure, tokens: Tokens | None) -> None:
    model, purse = Script([scene]), Purse()
    heard, failed = await hear_until_it_fails(model, purse)
    assert heard == said and isinstance(failed, ProviderFailed) and failed.kind is kind
    assert purse.bills[0].settled == [(str(kind), tokens)] and model.closed == 1


async def test_a_stall_is_a_timeout_and_closes_the_line() -> None:
    model, purse = Script([(Text("Here is"), asyncio.Event())]), Purse()
    with pytest.raises(ProviderFailed) as failed:
        async for _ in barista(model, Limits(first_word=1, next_word=0.05, total=5)).reply(context(), purse):
            pass
    assert failed.value.kind is Failure.TIMEOUT and purse.outcomes == ["timeout"] and model.closed == 1


async def test_a_failure_after_a_search_is_a_failure() -> None:
    model, purse = Script([(Text("Let me look."), *search()), (ProviderFailed(Failure.SERVER),)]), Purse()
    heard, failed = await hear_until_it_fails(model, purse)
    assert heard == "Let me look." and isinstance(failed, ProviderFailed) and purse.outcomes == ["ok", "server"]


@pytest.mark.parametrize("calls", [0, 1])
async def test_a_spent_budget_before_the_first_word_is_for_others_to_answer(calls: int) -> None:
    model, purse = Script([search(), HERE]), Purse(calls)
    heard, failed = await hear_until_it_fails(model, purse)
    assert heard == "" and isinstance(failed, BudgetSpent) and len(model.asked) == calls


async def test_a_budget_spent_after_words_ends_the_reply_quietly() -> None:
    model, purse = Script([(Text("Take [[c1]]. "), *search()), HERE]), Purse(1)
    said = await hear(model, purse)
    assert words(said) == "Take [[c1]]. " and QUESTION in said and isinstance(said[-1], Used) and len(model.asked) == 1


async def test_a_reply_goes_on_without_saying_the_end_again() -> None:
    resume = "Three light ones. **Lantern Hill** is the jammiest and"
    model = Script([(Text("[[c1]] is the"), Text(" jammiest and"), Text(" the heaviest."), END)])
    said = await hear(model, Purse(), context(resume=resume))
    assert words(said) == " the heaviest."
    assert [role for role, _ in model.prompts[0].turns] == ["user", "assistant", "user"]


@pytest.mark.parametrize(("resume", "empty"), [("Take **Lantern Hill**.", False), ("Take **Lantern Hill** and", True)])
async def test_a_reply_that_was_whole_may_go_on_with_nothing(resume: str, empty: bool) -> None:
    model, purse = Script([(END,)]), Purse()
    if empty:
        _, failed = await hear_until_it_fails(model, purse, context(resume=resume))
        assert isinstance(failed, ProviderFailed) and failed.kind is Failure.EMPTY
    else:
        assert QUESTION in await hear(model, purse, context(resume=resume)) and purse.outcomes == ["ok"]


@pytest.mark.parametrize("scene", [(Text("Here is"), asyncio.Event()), (asyncio.Event(),)], ids=["in mid-word", "before the first word"])
async def test_stop_closes_the_line_and_settles_the_call(scene: Scene) -> None:
    model, purse = Script([scene]), Purse()
    task = asyncio.create_task(hear(model, purse))
    await model.waiting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert model.closed == 1 and purse.bills[0].settled == [("cancelled", None)]


async def test_a_listener_who_leaves_closes_the_line_and_settles_the_call() -> None:
    model, purse = Script([(Text("Here "), Text("is"), asyncio.Event())]), Purse()
    async with aclosing(barista(model).reply(context(), purse)) as speeches:  # type: ignore[type-var]
        async for _ in speeches:
            break
    assert model.closed == 1 and purse.outcomes == ["cancelled"]


async def test_a_call_that_was_done_is_settled_as_done_when_stop_comes_later() -> None:
    model, purse = Script([search(), (asyncio.Event(),)]), Purse()
    task = asyncio.create_task(hear(model, purse))
    await model.waiting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert purse.outcomes == ["ok", "cancelled"]


async def test_stopping_twice_does_not_stop_the_settling() -> None:
    gate = asyncio.Event()
    model, purse = Script([(Text("Here is"), asyncio.Event())]), Purse(gate=gate)
    speaker = barista(model)

    async def listen() -> None:
        async for _ in speaker.reply(context(), purse):
            pass

    task = asyncio.create_task(listen())
    await model.waiting.wait()
    task.cancel()
    await asyncio.sleep(0.01)
    assert model.closed == 1 and not task.done() and not purse.outcomes
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    gate.set()
    await asyncio.sleep(0.01)
    assert purse.outcomes == ["cancelled"] and not speaker._settling
