"""Anything that speaks OpenAI's chat completions: Ollama, vLLM, llama.cpp, and most hosts."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, TypeVar

import openai

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.aloud import THOUGHT, Aloud
from coffeebot.providers.llm.clock import Limits
from coffeebot.providers.llm.events import DONE, pieces, spoken
from coffeebot.providers.llm.failures import failures, of_event
from coffeebot.providers.llm.model import Finished, Piece, Prompt, Step, Stop, Text, Tokens, ToolCall
from coffeebot.providers.llm.openai import client, count, whole

NO_KEY = "none"  # the SDK wants one; a server of one's own does not look at it
STOPS = {"length": Stop.CUT_SHORT, "max_tokens": Stop.CUT_SHORT, "model_length": Stop.CUT_SHORT, "content_filter": Stop.REFUSED}
CHARS_A_TOKEN = 4  # for servers that do not count
OWN_NAME = "llamacpp"  # who owns the one model of a server that answers to any name
# The parts of a request that not every server takes, and what a refusal of each speaks of.
_REFUSABLE = {
    "max_tokens": "max_completion_tokens",
    "stream_options": "stream_options",
    "response_format": "response_format|schema|structured|grammar",
    "tools": r"\btools?\b|tool_choice|function",
}
_REFUSALS = {400, 404, 422, 500, 501}
_LACKING = {400, 404, 405, 422, 501}
_IN_WORDS = "\n\nAnswer with one JSON object of this schema, and with nothing else:\n"

Answer = TypeVar("Answer")
Request = dict[str, Any]


class Compatible:
    """Asks for the core that everybody speaks; a server that refuses tools or schemas is asked again without, and from then on so."""

    provider = "compatible"

    def __init__(self, key: str | None, model: str, *, base_url: str, limits: Limits) -> None:
        self.name = model
        self.address = base_url
        self._key = key or ""
        self._client = client(key or NO_KEY, base_url, limits)
        self._lacks: frozenset[str] = frozenset()

    async def stream(self, prompt: Prompt, steps: Sequence[Step] = (), *, last: bool = False) -> AsyncIterator[Piece]:
        request = self._request(prompt) | {"stream_options": {"include_usage": True}} | _tools(prompt, last=last)
        for step in steps:
            request["messages"].append(step.raw)
            request["messages"] += [{"role": "tool", "tool_call_id": id_, "content": result} for id_, result in step.results]
        create = self._client.chat.completions.with_streaming_response.create
        with failures(openai, self._key):
            async with AsyncExitStack() as line:
                response = await self._ask(lambda asked: line.enter_async_context(create(stream=True, **asked)), request)
                answer = _Answer()
                async for piece in pieces(response, answer.read):
                    yield piece
                for piece in answer.end():
                    yield piece

    async def extract(self, prompt: Prompt) -> tuple[str, Tokens]:
        schema = {"name": "answer", "schema": prompt.schema, "strict": True}
        request = self._request(prompt) | {"response_format": {"type": "json_schema", "json_schema": schema}}
        create = self._client.chat.completions.with_raw_response.create
        with failures(openai, self._key):
            answer = await whole(self._ask(lambda asked: create(**asked), request))
            choice = answer["choices"][0]
            stop = Stop.REFUSED if choice["message"].get("refusal") else STOPS.get(str(choice.get("finish_reason")))
            if stop:
                raise ProviderFailed(Failure(stop))
            text = _bare(choice["message"]["content"] or "")
            if not text:
                raise ProviderFailed(Failure.EMPTY)
            return text, tokens(answer.get("usage"), written=len(text))

    async def check(self) -> None:
        """Local servers may know no single model, or no models at all: an answer is then good enough."""
        with failures(openai, self._key):
            try:
                if getattr(await self._client.models.retrieve(self.name), "id", None):
                    return
            except openai.APIStatusError as error:
                if error.status_code not in _LACKING:
                    raise
            try:
                listed = (await self._client.models.list()).data
            except openai.APIStatusError as error:
                if error.status_code not in _LACKING:
                    raise
                return
            known = [model.id for model in listed]
            if not {self.name, f"{self.name}:latest"} & set(known) and not any(model.owned_by == OWN_NAME for model in listed):
                raise ProviderFailed(Failure.REQUEST, detail=f"no model {self.name} there, but {', '.join(known) or 'none at all'}")

    async def close(self) -> None:
        await self._client.close()

    def _request(self, prompt: Prompt) -> Request:
        turns = [{"role": role, "content": text} for role, text in prompt.turns]
        return {"model": self.name, "messages": [{"role": "system", "content": prompt.system}, *turns], "max_tokens": prompt.max_tokens}

    async def _ask(self, ask: Callable[[Request], Awaitable[Answer]], request: Request) -> Answer:
        """Asks again without each part that is refused, and remembers what helped."""
        lacks = self._lacks
        while True:
            asked = _without(lacks, request)
            try:
                answer = await ask(asked)
            except openai.APIStatusError as error:
                refused = _refused(error, asked)
                if refused is None:
                    raise
                lacks |= {refused}
            else:
                self._lacks |= lacks
                return answer


def _tools(prompt: Prompt, *, last: bool) -> Request:
    """With `last` they are left out: not every server knows how to forbid them."""
    if not prompt.tools or last:
        return {}
    named = [(t.name, t.description, t.schema) for t in prompt.tools]
    return {"tools": [{"type": "function", "function": {"name": n, "description": d, "parameters": s}} for n, d, s in named]}


def _refused(error: openai.APIStatusError, asked: Request) -> str | None:
    """The part of what was asked that a refusal speaks of."""
    if error.status_code not in _REFUSALS:
        return None
    told = str(error.body).lower()
    return next((part for part, words in _REFUSABLE.items() if part in asked and re.search(words, told)), None)


def _without(lacks: frozenset[str], request: Request) -> Request:
    """The request in the parts that the server takes: another name for the limit, JSON asked for in words."""
    asked = {part: value for part, value in request.items() if part not in lacks}
    if "max_tokens" in lacks:
        asked["max_completion_tokens"] = request["max_tokens"]
    if "response_format" in lacks and "response_format" in request:
        system, *turns = request["messages"]
        schema = json.dumps(request["response_format"]["json_schema"]["schema"])
        asked["messages"] = [{**system, "content": system["content"] + _IN_WORDS + schema}, *turns]
    return asked


def _bare(text: str) -> str:
    """The JSON of an answer that has thoughts before it, or words and fences around it."""
    said = text.rpartition(THOUGHT)[2].strip()
    found = re.search(r"\{.*\}", said, re.DOTALL)
    return found.group() if found else said


@dataclass(slots=True)
class _Call:
    index: int | None
    id: str
    name: str
    arguments: str = ""

    def sent_back(self) -> dict[str, Any]:
        """As the server wants it again. Some read the arguments once more, and break where they are no JSON."""
        try:
            json.loads(self.arguments)
        except ValueError:
            return {"id": self.id, "type": "function", "function": {"name": self.name, "arguments": "{}"}}
        return {"id": self.id, "type": "function", "function": {"name": self.name, "arguments": self.arguments}}


class _Answer:
    def __init__(self) -> None:
        self._calls: list[_Call] = []
        self._aloud = Aloud()
        self._stop = ""
        self._refused = False
        self._usage: object = None

    def read(self, event: dict[str, Any]) -> list[Piece]:
        if event is DONE:
            self._stop = self._stop or "stop"
        if event.get("error") or event.get("object") == "error":
            raise of_event(event.get("error") or event)
        self._usage = event.get("usage") or self._usage
        if not event.get("choices"):
            return []
        choice = event["choices"][0]
        self._stop = choice.get("finish_reason") or self._stop
        delta = choice.get("delta") or {}
        self._refused = self._refused or bool(delta.get("refusal"))
        for call in delta.get("tool_calls") or ():
            self._call(call)
        return _said(self._aloud.hear(spoken(delta["content"]))) if delta.get("content") else []

    def end(self) -> list[Piece]:
        """What is due when the stream has ended. `[DONE]` may be missing, or why it ended, but not both."""
        if not self._stop:
            raise ProviderFailed(Failure.CONNECTION, detail="the stream ended before the answer did")
        if not all(call.name for call in self._calls):
            raise ProviderFailed(Failure.MALFORMED, detail="a tool call without a name")
        rest = _said(self._aloud.end())
        text = "".join(self._aloud.said)
        stop = Stop.REFUSED if self._refused else STOPS.get(self._stop)
        calls = [] if stop else self._calls  # one that was cut off is none
        raw = {"role": "assistant", "content": text, "tool_calls": [call.sent_back() for call in calls]}
        finished = Finished(stop or (Stop.TOOL if calls else Stop.END), tokens(self._usage, written=len(text)), raw=raw)
        return [*rest, *(ToolCall(call.id, call.name, call.arguments or "{}") for call in calls), finished]

    def _call(self, delta: dict[str, Any]) -> None:
        """Adds to the call of that index, or to the last. Some servers give no index, or the same to all, and no id."""
        function = delta.get("function") or {}
        index, id_, name = delta.get("index"), delta.get("id"), function.get("name")
        call = next((call for call in reversed(self._calls) if index is None or call.index == index), None)
        if call is None or (name and (index is None or (id_ and id_ != call.id))):
            call = _Call(index, str(id_ or f"call_{len(self._calls)}"), str(name or ""))
            self._calls.append(call)
        arguments = function.get("arguments") or ""
        call.arguments += arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)


def _said(text: str) -> list[Piece]:
    return [Text(text)] if text else []


def tokens(usage: object, *, written: int) -> Tokens:
    """Where a server does not count, only what was written is guessed, at four characters a token."""
    if not usage:
        return Tokens(output=written // CHARS_A_TOKEN)
    cached, kept = count(usage, "prompt_tokens_details", "cached_tokens"), count(usage, "prompt_tokens_details", "cache_write_tokens")
    return Tokens(max(0, count(usage, "prompt_tokens") - cached - kept), cached, kept, count(usage, "completion_tokens"))
