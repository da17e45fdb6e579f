"""A language model as the barista: its calls in one turn, the searches it asks for, and what each call cost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace

from coffeebot.domain.errors import BadInput, BudgetSpent, Failure, ProviderFailed
from coffeebot.providers.llm.base import Context, Said, Speech, Used
from coffeebot.providers.llm.clock import Limits, in_time
from coffeebot.providers.llm.house import closing
from coffeebot.providers.llm.model import Finished, Meter, Model, Prompt, Receipt, Step, Stop, Text, Tokens, ToolCall
from coffeebot.providers.llm.outgoing import Outgoing
from coffeebot.providers.llm.pace import Pace
from coffeebot.providers.llm.prompting import begun, prompt_for
from coffeebot.providers.llm.search_tool import TOOL, answer, parse, refusal

SEARCHES = 2  # in one turn
CALLS = SEARCHES + 1


@dataclass(slots=True)
class _Turn:
    """What the calls of one turn came to. `until` is the loop's time at which the whole turn is over."""

    words: Outgoing
    until: float
    searches: int = 0
    steps: list[Step] = field(default_factory=list)
    calls: list[ToolCall] = field(default_factory=list)
    finished: Finished | None = None
    used: Tokens = field(default_factory=Tokens)

    @property
    def searching(self) -> bool:
        """Whether the call that just ended waits for the results of a search."""
        return bool(self.calls) and self.finished is not None and self.finished.stop is Stop.TOOL

    def finish(self, finished: Finished) -> None:
        self.finished = finished
        before, now = asdict(self.used), asdict(finished.tokens)
        self.used = Tokens(**{name: before[name] + now[name] for name in before})


class ModelBarista:
    """Speaks through `model`. `name` is its provider's."""

    def __init__(self, model: Model, *, system: str, limits: Limits, max_tokens: int, pace: Pace) -> None:
        self.model = model
        self.name = model.provider
        self._system = system
        self._limits = limits
        self._max_tokens = max_tokens
        self._pace = pace
        self._settling: set[asyncio.Task[None]] = set()

    async def reply(self, context: Context, meter: Meter) -> AsyncIterator[Speech]:
        """Raises ProviderFailed or BudgetSpent; what was said before that stays said. `limits` are for all calls together."""
        prompt = prompt_for(context, system=self._system, max_tokens=self._max_tokens)
        turn = _Turn(Outgoing(begun(context)), asyncio.get_running_loop().time() + self._limits.total)
        for number in range(1, CALLS + 1):
            last = number == CALLS or turn.searches >= SEARCHES
            try:
                receipt = await meter.open(self.model, prompt, purpose="reply")
            except BudgetSpent:
                if not turn.words.said:
                    raise
                break  # what was said is an answer
            async with aclosing(self._call(prompt, turn, receipt, last=last)) as texts:  # type: ignore[type-var]
                async for text in texts:
                    yield Said(text)
            if last or not turn.searching:
                break
            turn.words.pause()
            await self._search(turn, context)
        for speech in closing(context):
            yield speech
        yield Used(asdict(turn.used))

    async def _call(self, prompt: Prompt, turn: _Turn, receipt: Receipt, *, last: bool) -> AsyncIterator[str]:
        """The words of one call. However it ends, and also when the reply is stopped, its receipt is settled."""
        turn.calls, turn.finished = [], None
        outcome, heard = "cancelled", False
        limits = replace(self._limits, total=max(0.1, turn.until - asyncio.get_running_loop().time()))
        try:
            async with aclosing(in_time(self.model.stream(prompt, turn.steps, last=last), limits)) as pieces:  # type: ignore[type-var]
                async for piece in pieces:
                    match piece:
                        case Text(text):
                            if not heard:
                                receipt.first_word()
                                heard = True
                            if told := turn.words.take(text):
                                yield told
                            await asyncio.sleep(self._pace.pause)
                        case ToolCall():
                            turn.calls.append(piece)
                        case Finished():
                            turn.finish(piece)
            if rest := turn.words.rest():
                yield rest
            _check(turn, last=last)
            outcome = "ok"
        except ProviderFailed as failed:
            outcome = str(failed.kind)
            raise
        finally:
            await self._settle(receipt, outcome, turn.finished.tokens if turn.finished else None)

    async def _settle(self, receipt: Receipt, outcome: str, tokens: Tokens | None) -> None:
        """In a task of its own, so that it runs to its end also when the reply is stopped, or stopped again while this waits."""
        settling = asyncio.create_task(receipt.settle(outcome, tokens))
        self._settling.add(settling)
        settling.add_done_callback(self._settling.discard)
        await asyncio.shield(settling)

    async def _search(self, turn: _Turn, context: Context) -> None:
        """Answers the tool calls of the last call, one after the other: the references that they make must not cross."""
        assert turn.finished is not None  # `searching` says so
        results = [(call.id, await self._result(call, turn, context)) for call in turn.calls]
        turn.steps.append(Step(turn.finished.raw, tuple(results)))

    async def _result(self, call: ToolCall, turn: _Turn, context: Context) -> str:
        """JSON; whatever is wrong with the call is told to the model, not to the shopper."""
        turn.searches += 1
        if turn.searches > SEARCHES:
            return refusal("There is no search left in this turn. Answer with the coffees you have.")
        if call.name != TOOL.name:
            return refusal(f"There is no tool {call.name[:40]!r}, only {TOOL.name}.")
        if context.shelf is None:
            return refusal("There is nothing to search just now. Answer with the coffees you have.")
        try:
            return answer(await context.shelf.search(parse(call.arguments)))
        except BadInput as fault:
            return refusal(str(fault))


def _check(turn: _Turn, *, last: bool) -> None:
    """Raises ProviderFailed when the call that ended leaves the reply without its end, or without a word."""
    if turn.finished is None:
        raise ProviderFailed(Failure.MALFORMED, detail="the answer has no end")
    if turn.finished.stop in (Stop.CUT_SHORT, Stop.REFUSED):
        raise ProviderFailed(Failure(turn.finished.stop))
    if (last or not turn.searching) and not turn.words.whole:
        raise ProviderFailed(Failure.EMPTY, detail="the answer has no words")
