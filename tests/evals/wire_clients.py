"""The real SDKs on a served wire: strict about what they read, and asked only once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import anthropic
import openai

from evals.wire import Wire, wire_server

FORMATS = ("anthropic", "responses", "chat")
SECONDS = 5.0  # that a client waits for the next byte
ASKED = [{"role": "user", "content": "fruity, please"}]
PARAMETERS: dict[str, Any] = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
FUNCTION: dict[str, Any] = {"name": "search_coffees", "description": "Looks on the shelf.", "parameters": PARAMETERS, "strict": True}
TOOLS: dict[str, list[dict[str, Any]]] = {
    "anthropic": [{"name": "search_coffees", "description": "Looks on the shelf.", "input_schema": PARAMETERS}],
    "responses": [{"type": "function", **FUNCTION}],
    "chat": [{"type": "function", "function": FUNCTION}],
}


@dataclass
class Heard:
    """An answer as an SDK put it together. `usage` is read, of which from the cache, written."""

    text: str = ""
    thoughts: str = ""
    calls: list[tuple[str, str, object]] = field(default_factory=list)
    stop: str | None = None
    usage: tuple[int, int, int] = (0, 0, 0)


@dataclass
class Clients:
    wire: Wire
    anthropic: anthropic.AsyncAnthropic
    openai: openai.AsyncOpenAI

    def asked(self, kind: str) -> dict[str, Any]:
        """What each request says."""
        if kind == "anthropic":
            return {"model": "m", "max_tokens": 300, "messages": ASKED, "tools": TOOLS[kind], "system": "You are the barista."}
        if kind == "responses":
            return {"model": "m", "input": ASKED, "tools": TOOLS[kind], "instructions": "You are the barista."}
        return {"model": "m", "messages": [{"role": "system", "content": "You are the barista."}, *ASKED], "tools": TOOLS[kind]}

    async def create(self, kind: str, **more: Any) -> Any:
        """The answer as the service's own objects, or with `stream` its events."""
        created: dict[str, Any] = {
            "anthropic": self.anthropic.messages.create,
            "responses": self.openai.responses.create,
            "chat": self.openai.chat.completions.create,
        }
        return await created[kind](**self.asked(kind), **more)

    async def streamed(self, kind: str) -> Heard:
        """By the helper of each SDK that puts the events of a stream together."""
        if kind == "anthropic":
            async with self.anthropic.messages.stream(**self.asked(kind)) as stream:
                return of_message(await stream.get_final_message())
        if kind == "responses":
            async with self.openai.responses.stream(**self.asked(kind)) as answer:
                return of_response(await answer.get_final_response())
        async with self.openai.chat.completions.stream(**self.asked(kind), stream_options={"include_usage": True}) as chat:
            return of_completion(await chat.get_final_completion())

    async def whole(self, kind: str) -> Heard:
        read = {"anthropic": of_message, "responses": of_response, "chat": of_completion}
        return read[kind](await self.create(kind))


@asynccontextmanager
async def clients(*, key: str = "sk-right", seconds: float = SECONDS) -> AsyncIterator[Clients]:
    async with (
        wire_server() as wire,
        anthropic.AsyncAnthropic(
            api_key=key, base_url=wire.url, max_retries=0, timeout=seconds, _strict_response_validation=True
        ) as claude,
        openai.AsyncOpenAI(api_key=key, base_url=f"{wire.url}/v1", max_retries=0, timeout=seconds, _strict_response_validation=True) as gpt,
    ):
        yield Clients(wire, claude, gpt)


def of_message(message: Any) -> Heard:
    heard = Heard(stop=message.stop_reason)
    for block in message.content:
        match block.type:
            case "text":
                heard.text += block.text
            case "thinking":
                heard.thoughts += block.thinking
            case "tool_use":
                heard.calls.append((block.id, block.name, block.input))
    usage = message.usage
    heard.usage = (usage.input_tokens + usage.cache_read_input_tokens, usage.cache_read_input_tokens, usage.output_tokens)
    return heard


def of_response(response: Any) -> Heard:
    heard = Heard(text=response.output_text, stop=response.status)
    for item in response.output:
        if item.type == "reasoning":
            heard.thoughts += "".join(part.text for part in item.summary)
        if item.type == "function_call":
            heard.calls.append((item.call_id, item.name, item.arguments))
    usage = response.usage
    heard.usage = (usage.input_tokens, usage.input_tokens_details.cached_tokens, usage.output_tokens)
    return heard


def of_completion(completion: Any) -> Heard:
    choice, usage = completion.choices[0], completion.usage
    heard = Heard(text=choice.message.content or "", stop=choice.finish_reason)
    heard.thoughts = getattr(choice.message, "reasoning_content", None) or ""
    heard.calls = [(call.id, call.function.name, call.function.arguments) for call in choice.message.tool_calls or ()]
    heard.usage = (usage.prompt_tokens, usage.prompt_tokens_details.cached_tokens, usage.completion_tokens)
    return heard
