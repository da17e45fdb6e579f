"""The one tool that a model has: asking the shelf for other coffees in the middle of a turn."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coffeebot.domain.canonical import canonical, values
from coffeebot.domain.coffee import Flag, Process, RoastLevel
from coffeebot.domain.errors import BadInput
from coffeebot.domain.flavour import Kind
from coffeebot.domain.flavour.notes import lexicon
from coffeebot.domain.places import origins_in, regions_in
from coffeebot.domain.query import Filters
from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.domain.untrusted import visible
from coffeebot.providers.llm.base import Found
from coffeebot.providers.llm.candidates import shelf_facts
from coffeebot.providers.llm.model import Tool

LONGEST = 20_000  # characters of arguments; a real call has a few hundred
A_BAG = Decimal(340)  # grams, when an amount is said for a bag
Words = list[str]
PROCESSES, ROASTS, CERTIFICATES = tuple(Process), tuple(RoastLevel), tuple(flag for flag in Flag if flag is not Flag.DECAF)
_REFERENCE = re.compile(r"\W*c([1-9]\d{0,2})\W*", re.IGNORECASE | re.ASCII)
_PLURALS = {
    "processes": Facet.PROCESS,
    "roasts": Facet.ROAST,
    "varieties": Facet.VARIETY,
    "certificates": Facet.FLAG,
    "roasters": Facet.ROASTER,
}


def _one_of(values: Iterable[str]) -> dict[str, Any]:
    """For the schema alone: a service without strict schemas may send other words, and those are folded."""
    return {"items": {"type": "string", "enum": [str(value) for value in values]}}


class Arguments(BaseModel):
    """Coffees that have all of this, besides what the shopper's card says already. Leave out what does not matter with [] or null."""

    model_config = ConfigDict(extra="forbid")

    origins: Words = Field([], max_length=8, description="countries or continents, any of them")
    regions: Words = Field([], max_length=8, description="growing regions, any of them")
    processes: Words = Field([], max_length=5, description="any of them", json_schema_extra=_one_of(PROCESSES))
    roasts: Words = Field([], max_length=5, description="any of them", json_schema_extra=_one_of(ROASTS))
    varieties: Words = Field([], max_length=8, description="any of them")
    flavours: Words = Field([], max_length=6, description="families or single notes, all of them: citrus, chocolate, blueberry")
    avoid_flavours: Words = Field([], max_length=6, description="families or notes that it must not have")
    avoid_processes: Words = Field([], max_length=5, json_schema_extra=_one_of(PROCESSES))
    certificates: Words = Field([], max_length=4, description="all of them", json_schema_extra=_one_of(CERTIFICATES))
    roasters: Words = Field([], max_length=4, description="roasters' names, any of them")
    decaf: bool | None = Field(None, description="true for decaf only, false for none")
    body: Literal["light", "medium", "full"] | None = None
    acidity: Literal["low", "medium", "high"] | None = None
    max_price: float | None = Field(None, gt=0, le=1_000_000, allow_inf_nan=False, description="as the shopper said it, for `grams` grams")
    min_price: float | None = Field(None, gt=0, le=1_000_000, allow_inf_nan=False)
    currency: str | None = Field(None, max_length=3, description="ISO 4217 code of the prices; null is USD")
    grams: float | None = Field(None, gt=0, le=100_000, allow_inf_nan=False, description="what the prices are for; null is a bag")
    cheaper_than: str | None = Field(None, max_length=8, description='a reference: "c2"')
    coffee_name: str | None = Field(None, max_length=120, description="one coffee by its name")
    words: str | None = Field(None, max_length=200, description="in English, what else it should be like; ranks only")


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    """What both services accept as strict: every property required, nothing besides, no bounds."""
    dropped = {"title", "default", "maxLength", "maxItems", "maximum", "exclusiveMinimum"}

    def plain(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: plain(part) for name, part in node.items() if name not in dropped}
        return [plain(part) for part in node] if isinstance(node, list) else node

    properties = plain(schema["properties"])
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


TOOL = Tool(
    name="search_coffees",
    description=(
        "Looks on the shelf for coffees that are not in <catalogue>: cheaper or other ones, one by its name, or what a message in any "
        "language asks for. What the shopper's card says as a must holds anyway. The coffees found get new references."
    ),
    schema=_strict(Arguments.model_json_schema()),
)


def parse(arguments: str) -> Filters:
    """The filters of a call. Raises BadInput, in words that help the model to do better."""
    if len(arguments) > LONGEST:
        raise BadInput("The arguments are far too long.")
    try:
        given = Arguments.model_validate_json(arguments or "{}")
    except ValidationError as error:
        told = "; ".join(f"{'.'.join(map(str, fault['loc'])) or 'arguments'}: {fault['msg']}" for fault in error.errors()[:4])
        raise BadInput(f"The arguments cannot be used. {told}"[:600]) from None
    if given.max_price is not None and given.min_price is not None and given.min_price > given.max_price:
        raise BadInput("min_price is above max_price: no coffee costs both. Give one of them, or change places.")
    return Filters(
        traits=tuple(_traits(given)),
        cheaper_than=_reference(given.cheaper_than) if given.cheaper_than else None,
        coffee_name=visible(given.coffee_name or "") or None,
        text=visible(given.words or ""),
    )


def _reference(text: str) -> str:
    found = _REFERENCE.fullmatch(text)
    if found is None:
        raise BadInput('cheaper_than is the reference of one coffee, such as "c2", or null.')
    return f"c{found[1]}"


def _traits(given: Arguments) -> Iterable[Trait]:
    yield from _places(given)
    for name, facet in _PLURALS.items():
        yield from (_trait(facet, word, Polarity.MUST) for word in getattr(given, name))
    yield from (_flavour(word, Polarity.MUST) for word in given.flavours)
    yield from (_flavour(word, Polarity.AVOID) for word in given.avoid_flavours)
    yield from (_trait(Facet.PROCESS, word, Polarity.AVOID) for word in given.avoid_processes)
    for facet, level in ((Facet.BODY, given.body), (Facet.ACIDITY, given.acidity)):
        if level:
            yield _trait(facet, level, Polarity.MUST)
    if given.decaf is not None:
        yield _trait(Facet.DECAF, "decaf", Polarity.MUST if given.decaf else Polarity.AVOID)
    for end, price in (("max", given.max_price), ("min", given.min_price)):
        if price is not None:
            grams = Decimal(str(given.grams)) if given.grams else A_BAG
            currency = (given.currency or "USD").upper()
            yield Trait(Facet.BUDGET, end, source=Source.LLM, amount=Decimal(str(price)), currency=currency, grams=grams)


def _places(given: Arguments) -> Iterable[Trait]:
    """Countries and regions, each as what it is: "Sumatra" is no region here but Indonesia, "Africa" all of its countries."""
    found: dict[tuple[Facet, str], None] = {}
    for asked, facet in [*((w, Facet.ORIGIN) for w in given.origins), *((w, Facet.REGION) for w in given.regions)]:
        word = visible(asked[:80])
        named = {Facet.ORIGIN: origins_in(word, typos=True), Facet.REGION: regions_in(word)}
        other = Facet.REGION if facet is Facet.ORIGIN else Facet.ORIGIN
        meant = facet if named[facet] or not named[other] else other
        known = named[meant] or ((_trait(facet, word, Polarity.MUST).value,))
        found |= dict.fromkeys((meant, value) for value in known)
    for facet, value in found:
        yield Trait(facet, value, source=Source.LLM)


def _flavour(word: str, polarity: Polarity) -> Trait:
    """A family where the word names one ("berries", "lemony"), else a single note."""
    meaning = lexicon().get(word[:80])
    if meaning is not None and meaning.kind is Kind.FAMILY:
        return Trait(Facet.FLAVOUR, meaning.families[0], polarity, source=Source.LLM)
    facet = Facet.FLAVOUR if word.strip().lower().replace(" ", "_") in values()[Facet.FLAVOUR] else Facet.NOTE
    return _trait(facet, word, polarity)


def _trait(facet: Facet, word: str, polarity: Polarity) -> Trait:
    value = canonical(facet, visible(word[:80]))
    if value is None:
        known = ", ".join(values().get(facet, ())[:30])
        raise BadInput(f"No {facet} is called {word[:40]!r}." + (f" I know: {known}." if known else ""))
    return Trait(facet, value, polarity, source=Source.LLM)


def answer(found: Found) -> str:
    """What the model is told: compact JSON, each coffee as in the catalogue it knows already."""
    if found.error:
        return refusal(found.error)
    told = {"coffees": shelf_facts(found.coffees), "fit": found.count, "unstated": found.unknown}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def refusal(why: str) -> str:
    return json.dumps({"error": why}, ensure_ascii=False)
