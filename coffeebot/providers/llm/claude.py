"""Claude, by Anthropic's Messages."""

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

import anthropic
from anthropic import AsyncAnthropic, DefaultAioHttpClient

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.clock import Limits
from coffeebot.providers.llm.events import pieces, spoken
from coffeebot.providers.llm.failures import failures, of_event
from coffeebot.providers.llm.model import Finished, Piece, Prompt, Step, Stop, Text, Tokens, ToolCall

HOME = "https://api.anthropic.com"
BROKEN = {
    "max_tokens": Stop.CUT_SHORT,
    "model_context_window_exceeded": Stop.CUT_SHORT,
    "refusal": Stop.REFUSED,
}
# A barista speaks at once: the least thinking that a model allows. What one accepts another answers with 400, the next of a family
# included, so each is named; a model that is not known here is left as it is.
_THINKING: dict[str, dict[str, Any]] = {
    r"claude-sonnet-5-5": {"thinking": {"type": "between_tools"}},
    r"claude-opus-5-5": {},  # it always thinks; the effort says how much
    r"claude-(sonnet|opus)-5": {"thinking": {"type": "disabled"}},
    r"claude-haiku-5-5": {"thinking": {"type": "disabled"}},
}
_DATED = r"(-20\d{6})?"
_CACHED = {"type": "ephemeral"}


class Claude:
    """`base_url` is another address that speaks Messages; Anthropic's own when None."""

    provider = "anthropic"

    def __init__(self, key: str, model: str, *, base_url: str | None = None, limits: Limits) -> None:
        self.name = model
        self.address = base_url or HOME
        self._key = key.strip()
        self._limits = limits
        timeout = anthropic.Timeout(limits.total, connect=limits.connect)
        self._client = AsyncAnthropic(
            api_key=self._key,
            base_url=self.address,  # the SDK takes an empty ANTHROPIC_BASE_URL for one
            max_retries=0,
            timeout=timeout,
            http_client=DefaultAioHttpClient(timeout=timeout),
        )
        least = next((thinking for family, thinking in _THINKING.items() if re.fullmatch(family + _DATED, model)), None)
        self._quick: dict[str, Any] = {} if least is None else least | {"output_config": {"effort": "low"}}

    async def stream(self, prompt: Prompt, steps: Sequence[Step] = (), *, last: bool = False) -> AsyncIterator[Piece]:
        request = self._request(prompt) | _tools(prompt, last=last)
        for step in steps:
            results = [{"type": "tool_result", "tool_use_id": id_, "content": result} for id_, result in step.results]
            request["messages"] += [{"role": "assistant", "content": step.raw}, {"role": "user", "content": results}]
        with failures(anthropic, self._key):
            async with self._client.messages.with_streaming_response.create(stream=True, **request) as response:
                answer = _Answer()
                async with aclosing(pieces(response, answer.read)) as sent:  # type: ignore[type-var]
                    async for piece in sent:
                        yield piece
                if not answer.finished:
                    raise ProviderFailed(Failure.CONNECTION, detail="the stream ended before the answer did")

    async def extract(self, prompt: Prompt) -> tuple[str, Tokens]:
        request = self._request(prompt)
        request["output_config"] = request.get("output_config", {}) | {"format": {"type": "json_schema", "schema": prompt.schema}}
        with failures(anthropic, self._key):
            raw = await self._client.messages.with_raw_response.create(**request)
            answer = json.loads(await raw.read())
            if answer.get("error"):
                raise of_event(answer)
            if stop := BROKEN.get(answer["stop_reason"]):
                raise ProviderFailed(Failure(stop))
            text = "".join(block["text"] for block in answer["content"] if block["type"] == "text")
            if not text:
                raise ProviderFailed(Failure.EMPTY)
            return text, tokens(answer.get("usage"))

    async def check(self) -> None:
        timeout = anthropic.Timeout(self._limits.first_word, connect=self._limits.connect)
        with failures(anthropic, self._key):
            try:
                found = await self._client.models.retrieve(self.name, timeout=timeout)
            except anthropic.NotFoundError as error:
                if "not_found_error" not in str(error.body):  # the path is what was not found
                    raise
                raise ProviderFailed(Failure.REQUEST, detail=f"unknown model {self.name}") from error
            if not getattr(found, "id", None):
                raise ProviderFailed(Failure.MALFORMED, detail="something answers at the address, but not a service of models")

    async def close(self) -> None:
        await self._client.close()

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        """The system prompt is cached, and so is the conversation up to the message before this one."""
        messages: list[dict[str, Any]] = [{"role": role, "content": text} for role, text in prompt.turns]
        if len(messages) > 1:
            messages[-2]["content"] = [{"type": "text", "text": prompt.turns[-2][1], "cache_control": _CACHED}]
        return {
            "model": self.name,
            "max_tokens": prompt.max_tokens,
            "system": [{"type": "text", "text": prompt.system, "cache_control": _CACHED}],
            "messages": messages,
            **self._quick,
        }


def _tools(prompt: Prompt, *, last: bool) -> dict[str, Any]:
    """With `last` the tools are still described: without them the cache would not be met."""
    if not prompt.tools:
        return {}
    described = [{"name": t.name, "description": t.description, "input_schema": t.schema, "strict": True} for t in prompt.tools]
    return {"tools": described, "tool_choice": {"type": "none"} if last else {"type": "auto", "disable_parallel_tool_use": True}}


class _Answer:
    """Puts the pieces of one answer together; its blocks go back to the service as they came."""

    def __init__(self) -> None:
        self.finished = False
        self._blocks: list[dict[str, Any]] = []
        self._arguments = ""
        self._calls: list[ToolCall] = []
        self._usage: dict[str, Any] = {}
        self._stop: Any = None

    def read(self, event: dict[str, Any]) -> list[Piece]:
        match event.get("type"):
            case "content_block_delta":
                return self._delta(event["delta"])
            case "content_block_start":
                return self._start(dict(event["content_block"]))
            case "content_block_stop" if self._blocks[-1]["type"] == "tool_use":
                self._call(self._blocks[-1])
            case "message_start":
                self._count(event["message"].get("usage"))
            case "message_delta":
                self._stop = event["delta"].get("stop_reason")
                self._count(event.get("usage"))
            case "message_stop":
                self.finished = True
                return self._end()
            case "error":
                raise of_event(event)
            case None if event.get("error"):
                raise of_event(event)
        return []

    def _start(self, block: dict[str, Any]) -> list[Piece]:
        self._blocks.append(block)
        self._arguments = ""
        if block["type"] != "text":
            return []
        block["text"] = spoken(block["text"])
        return [Text(block["text"])] if block["text"] else []

    def _delta(self, delta: dict[str, Any]) -> list[Piece]:
        block = self._blocks[-1]
        match delta["type"]:
            case "text_delta":
                text = spoken(delta["text"])
                block["text"] += text
                return [Text(text)] if text else []
            case "input_json_delta":
                self._arguments += delta["partial_json"]
            case "thinking_delta":
                block["thinking"] += delta["thinking"]
            case "signature_delta":
                block["signature"] = delta["signature"]
        return []

    def _call(self, block: dict[str, Any]) -> None:
        arguments = self._arguments or json.dumps(block.get("input") or {})
        block["input"] = _sendable(arguments)
        self._calls.append(ToolCall(str(block["id"]), str(block["name"]), arguments))

    def _end(self) -> list[Piece]:
        """A call in an answer that was cut off or refused is none; a service may forget to say that it calls."""
        broken = BROKEN.get(str(self._stop))
        calls = [] if broken else self._calls
        raw = [block for block in self._blocks if block["type"] != "text" or block["text"].strip()]
        return [*calls, Finished(broken or (Stop.TOOL if calls else Stop.END), tokens(self._usage), raw=raw)]

    def _count(self, usage: Any) -> None:
        """Each count is of the whole answer so far; one that is not said again still holds."""
        if isinstance(usage, dict):
            self._usage |= {name: count for name, count in usage.items() if count is not None}


def _sendable(arguments: str) -> dict[str, Any]:
    """Arguments as they go back. What JSON cannot carry goes back as none, beside a result that says what was wrong."""
    try:
        given = json.loads(arguments)
        json.dumps(given, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def tokens(usage: Any) -> Tokens:
    """Zero where there is no number: a reply that came to its end must not fail for its bill."""
    names = ("input_tokens", "cache_read_input_tokens", "cache_creation_input_tokens", "output_tokens")
    counts = [usage.get(name) if isinstance(usage, dict) else None for name in names]
    return Tokens(*(max(0, count) if isinstance(count, int) else 0 for count in counts))
