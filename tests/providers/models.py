"""The three kinds of model over the real SDKs, and a served wire to run them against."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from coffeebot.providers.llm.claude import Claude
from coffeebot.providers.llm.clock import Limits
from coffeebot.providers.llm.compatible import Compatible
from coffeebot.providers.llm.model import Model, Prompt, Tool
from coffeebot.providers.llm.openai import Responses
from evals.wire import Wire, wire_server

KEY = "sk-secret-1234567890"
QUICK = Limits(connect=2, first_word=1.2, next_word=0.6, total=6)  # the first use of an SDK loads half of it
SEARCH = Tool("search_coffees", "Looks on the shelf.", {"type": "object", "properties": {}, "required": [], "additionalProperties": False})
PROMPT = Prompt(system="You are the barista.", turns=(("user", "fruity, please"),), max_tokens=300, tools=(SEARCH,), cache_key="place")
SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"], "additionalProperties": False}

KINDS: dict[str, Callable[..., Model]] = {
    "anthropic": lambda url, model="claude-sonnet-5-5", limits=QUICK: Claude(KEY, model, base_url=url, limits=limits),
    "openai": lambda url, model="gpt-6.1-terra", limits=QUICK: Responses(KEY, model, base_url=url, limits=limits),
    "compatible": lambda url, model="llama", limits=QUICK: Compatible(KEY, model, base_url=url, limits=limits),
}


@asynccontextmanager
async def played(kind: str) -> AsyncIterator[tuple[Wire, Model]]:
    async with wire_server() as wire:
        model = KINDS[kind](wire.url)
        try:
            yield wire, model
        finally:
            await model.close()
