"""OpenAI's own models, by Responses."""

import json
import re
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Any

import openai
from openai import AsyncOpenAI, DefaultAioHttpClient

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.clock import Limits
from coffeebot.providers.llm.events import pieces, spoken
from coffeebot.providers.llm.failures import failures, of_event
from coffeebot.providers.llm.model import Finished, Piece, Prompt, Step, Stop, Text, Tokens, ToolCall

HOME = "https://api.openai.com/v1"
# A barista speaks at once: the least thinking that a family allows. A model that is not known here is left as it is.
_EFFORTS = {
    r"gpt-5(-mini|-nano)?(-\d|$)": "minimal",
    r"gpt-[56](?!.*-(pro|chat|codex))": "none",
    r"o\d": "low",
}


def client(key: str, base_url: str, limits: Limits) -> AsyncOpenAI:
    """The SDK's client, which asks once. The address is always given: the SDK takes an empty OPENAI_BASE_URL for one."""
    timeout = openai.Timeout(limits.total, connect=limits.connect)
    http = DefaultAioHttpClient(timeout=timeout)
    return AsyncOpenAI(api_key=key, base_url=base_url, max_retries=0, timeout=timeout, http_client=http)


async def whole(answer: Awaitable[Any]) -> dict[str, Any]:
    """The JSON object of a raw response that is not streamed. ProviderFailed when it is an error, in spite of its status."""
    body = json.loads((await answer).content)
    if not isinstance(body, dict):
        raise ProviderFailed(Failure.MALFORMED, detail="an answer that is not an object")
    if body.get("error") or body.get("object") == "error":
        raise of_event(body.get("error") or body)
    return body


class Responses:
    provider = "openai"

    def __init__(self, key: str, model: str, *, base_url: str | None = None, limits: Limits) -> None:
        self.name = model
        self.address = base_url or HOME
        self._key = key
        self._client = client(key, self.address, limits)
        effort = next((effort for family, effort in _EFFORTS.items() if re.match(family, model)), None)
        self._thinking: dict[str, Any] = {"reasoning": {"effort": effort}, "include": ["reasoning.encrypted_content"]} if effort else {}

    async def stream(self, prompt: Prompt, steps: Sequence[Step] = (), *, last: bool = False) -> AsyncIterator[Piece]:
        request = self._request(prompt) | _tools(prompt, last=last)
        for step in steps:
            request["input"] += step.raw
            request["input"] += [{"type": "function_call_output", "call_id": id_, "output": result} for id_, result in step.results]
        with failures(openai, self._key):
            async with self._client.responses.with_streaming_response.create(stream=True, **request) as response:
                answer = _Answer()
                async for piece in pieces(response, answer.read):
                    yield piece
                if not answer.finished:
                    raise ProviderFailed(Failure.CONNECTION, detail="the stream ended before the answer did")

    async def extract(self, prompt: Prompt) -> tuple[str, Tokens]:
        request = self._request(prompt)
        request["text"] = {"format": {"type": "json_schema", "name": "answer", "schema": prompt.schema, "strict": True}}
        with failures(openai, self._key):
            answer = await whole(self._client.responses.with_raw_response.create(**request))
            if stop := _broken(answer):
                raise ProviderFailed(Failure(stop))
            parts = [part for item in answer["output"] if item["type"] == "message" for part in item["content"]]
            text = "".join(part["text"] for part in parts if part["type"] == "output_text")
            if not text:
                raise ProviderFailed(Failure.EMPTY)
            return text, tokens(answer.get("usage"))

    async def check(self) -> None:
        with failures(openai, self._key):
            found = await self._client.models.retrieve(self.name)
            if not getattr(found, "id", None):
                raise ProviderFailed(Failure.MALFORMED, detail="something answers at the address, but not a service of models")

    async def close(self) -> None:
        await self._client.close()

    def _request(self, prompt: Prompt) -> dict[str, Any]:
        return {
            "model": self.name,
            "instructions": prompt.system,
            "input": [{"role": role, "content": text} for role, text in prompt.turns],
            "max_output_tokens": prompt.max_tokens,
            "store": False,
            **({"prompt_cache_key": prompt.cache_key} if prompt.cache_key else {}),
            **self._thinking,
        }


def _tools(prompt: Prompt, *, last: bool) -> dict[str, Any]:
    if not prompt.tools:
        return {}
    described = [
        {"type": "function", "name": t.name, "description": t.description, "parameters": t.schema, "strict": True} for t in prompt.tools
    ]
    return {"tools": described, "tool_choice": "none" if last else "auto", "parallel_tool_calls": False}


class _Answer:
    def __init__(self) -> None:
        self.finished = False
        self._items: list[dict[str, Any]] = []
        self._refused = False

    def read(self, event: dict[str, Any]) -> list[Piece]:
        match event.get("type"):
            case "response.output_text.delta":
                return [Text(spoken(event["delta"]))]
            case "response.refusal.delta":
                self._refused = True
            case "response.output_item.done":
                item = event["item"]
                if item.get("status") == "incomplete":
                    return []
                self._items.append(item)
                if item["type"] == "function_call":
                    return [ToolCall(str(item["call_id"]), str(item["name"]), str(item["arguments"]))]
            case "response.completed" | "response.incomplete":
                self.finished = True
                return [Finished(self._stop(event["response"]), tokens(event["response"].get("usage")), raw=self._items)]
            case "response.failed":
                raise of_event(event["response"].get("error"))
            case "error":
                raise of_event(event)
            case None if event.get("error"):
                raise of_event(event["error"])
        return []

    def _stop(self, answer: dict[str, Any]) -> Stop:
        if self._refused:
            return Stop.REFUSED
        called = any(item["type"] == "function_call" for item in self._items)
        return _broken({**answer, "output": answer.get("output") or self._items}) or (Stop.TOOL if called else Stop.END)


def _broken(answer: dict[str, Any]) -> Stop | None:
    """Why an answer is not whole, if it is not."""
    parts = [part for item in answer.get("output") or () if item["type"] == "message" for part in item["content"]]
    if any(part["type"] == "refusal" for part in parts):
        return Stop.REFUSED
    if answer.get("status") != "incomplete":
        return None
    return Stop.REFUSED if (answer.get("incomplete_details") or {}).get("reason") == "content_filter" else Stop.CUT_SHORT


def tokens(usage: Any) -> Tokens:
    """Responses counts what came from the cache, or went there, among what was read; here they are apart."""
    cached, written = count(usage, "input_tokens_details", "cached_tokens"), count(usage, "input_tokens_details", "cache_write_tokens")
    return Tokens(max(0, count(usage, "input_tokens") - cached - written), cached, written, count(usage, "output_tokens"))


def count(usage: Any, *path: str) -> int:
    """A number of tokens; 0 where none is, since a reply that came to its end must not fail for its bill."""
    for name in path:
        usage = usage.get(name) if isinstance(usage, dict) else None
    return max(0, usage) if isinstance(usage, int) else 0
