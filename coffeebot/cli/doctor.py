"""`doctor`: who would speak as the barista, and whether each key, address and model is good."""

import argparse
import asyncio
from collections.abc import Iterator

from coffeebot.cli.configuration import read_settings
from coffeebot.cli.terminal import say
from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.providers.llm.choose import Chosen, choose
from coffeebot.providers.llm.model import Model
from coffeebot.settings import Settings

VARIABLES = {"anthropic": "ANTHROPIC", "openai": "OPENAI", "compatible": "OPENAI"}
GOOD = "good"
# What each failure means, and what to do about it.
_VERDICTS = {
    Failure.CONNECTION: "nobody answers at {address}: check the network, and {name}_BASE_URL if you set it",
    Failure.TIMEOUT: "no answer from {address} in time: check the network, and {name}_BASE_URL if you set it",
    Failure.KEY: "the key is refused: check {name}_API_KEY",
    Failure.REQUEST: "it does not take what is asked: check {name}_MODEL, {name}_CHEAP_MODEL and {name}_BASE_URL",
    Failure.RATE_LIMIT: "the account is at its limit, or has run dry: look at its usage and billing",
    Failure.OVERLOADED: "overloaded just now: it is left alone for a while when that happens, and the next one answers",
    Failure.SERVER: "down just now: it is left alone for a while when that happens, and the next one answers",
    Failure.MALFORMED: "something answers at {address}, but not a service of models: check {name}_BASE_URL",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: all is read from the settings."""


def run(arguments: argparse.Namespace) -> int:
    """0 when every model that is set up is good, also when there is none."""
    settings = read_settings()
    models = choose(settings)
    verdicts = asyncio.run(_examined(models))
    for line in report(settings, models, verdicts):
        say(line)
    return 0 if all(verdict == GOOD for verdict in verdicts.values()) else 1


async def _examined(models: Chosen) -> dict[Model, str]:
    """A verdict for each model; all are asked at once, none of them for an answer that costs anything."""
    try:
        verdicts = await asyncio.gather(*map(_verdict, models.all))
    finally:
        for model in models.all:
            await model.close()
    return dict(zip(models.all, verdicts, strict=True))


async def _verdict(model: Model) -> str:
    try:
        await model.check()
    except ProviderFailed as failed:
        told = _VERDICTS.get(failed.kind, str(failed.kind)).format(name=VARIABLES[model.provider], address=model.address)
        return f"{told} ({failed.detail})" if failed.detail else told
    return GOOD


def report(settings: Settings, models: Chosen, verdicts: dict[Model, str]) -> Iterator[str]:
    if not models.all:
        yield "No language model is set up: the house barista answers. ANTHROPIC_API_KEY, OPENAI_API_KEY or OPENAI_BASE_URL brings one in."
        return
    yield "Who is asked to speak as the barista, in this order:"
    for model in models.all:
        yield f"  {model.provider:<11} {model.name:<22} {verdicts[model]}"
        if model.name not in settings.token_prices and model.provider != "compatible":
            yield f"  {'':<11} {'':<22} no price is known, so budgets do not hold it: add it to TOKEN_PRICES"
    yield f"  {'house':<11} {'':<22} always there"
    speaks = next((model for model in models.first if verdicts[model] == GOOD), None)
    yield f"{speaks.name} ({speaks.provider}) would answer." if speaks else _instead(models, verdicts)
    reads = next((model for model in models.cheap if verdicts[model] == GOOD), None)
    if reads and settings.refine_profile:
        yield f"{reads.name} ({reads.provider}) reads the taste card beside it."


def _instead(models: Chosen, verdicts: dict[Model, str]) -> str:
    cheap = next((model for model in models.cheap if verdicts[model] == GOOD), None)
    return f"{cheap.name} ({cheap.provider}) would answer in their place." if cheap else "The house barista would answer."
