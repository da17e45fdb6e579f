"""A raw item as a coffee of the catalogue, or why it is none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coffeebot.domain.coffee import CoffeeFacts, Flag
from coffeebot.domain.facts import altitude, facts_of
from coffeebot.domain.facts.variety import stated_varieties
from coffeebot.domain.loose import LooseCoffee
from coffeebot.domain.places import origins_in, regions_in
from coffeebot.domain.process_names import process_label
from coffeebot.domain.variety_names import variety_names
from coffeebot.domain.vocabulary import find_processes, find_roast
from coffeebot.domain.wares import Refusal, refusal
from scrapers.items import MOST_TITLE, RawItem
from scrapers.markup import tidy
from scrapers.normaliser.labels import FIELDS, labelled
from scrapers.normaliser.levels import level_words
from scrapers.normaliser.names import clean_name
from scrapers.normaliser.notes import clear_notes, settled
from scrapers.normaliser.prose import readable
from scrapers.normaliser.sizes import as_variants, price_list
from scrapers.normaliser.tags import stated_by_tags
from scrapers.pages import web_address

_COFFEE = re.compile(r"coffee|café|espresso|coffea|roast|コーヒー|珈琲|咖啡|커피|kaffee", re.IGNORECASE)
_MASL = re.compile(
    r"(?:\d[\d,.]{2,5}\s*(?:m|ft|feet|met(?:er|re)s)?\s*(?:-|–|to|~|〜)\s*)?\d[\d,.]{2,5}\s*"
    r"(?:m\.?a\.?s\.?l\b|(?:m|met(?:er|re)s|ft|feet)\.? (?:above sea|a\.?s\.?l)|m\.?s\.?n\.?m\b)|標高\s?約?\s?\d[\d,.]{2,5}[^。\n]{0,12}?m",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Roaster:
    """Whose shop it is; `currency` is that of prices which name none."""

    name: str
    currency: str | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class Coffee:
    """`warnings` name what of the item could not be used."""

    facts: CoffeeFacts
    url: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    code: Refusal
    name: str
    external_id: str


def normalise(item: RawItem, roaster: Roaster) -> Coffee | Refused:
    """What an item is. No item raises anything; `normalise(as_item(coffee), …)` is the same coffee again."""
    title = tidy(item.title[:MOST_TITLE]).replace("\n", " ")
    text = tidy(item.text)
    name = clean_name(title)
    code = item.refused or _refusal(title, name, item)
    if code:
        return Refused(Refusal(code), title, item.external_id)
    found, prose = labelled(text)
    stated = {field: values for field in (*FIELDS, "flags") if (values := tuple(item.stated.get(field, ()) or found.get(field, ())))}
    prices = price_list(item, currency=roaster.currency, stated=stated.get("weight", ()))
    loose = _loose(item, roaster, title=title, name=name, prose=prose, stated=stated)
    facts = _completed(facts_of(loose), loose, item.tags)
    if facts.blend and Flag.BLEND not in facts.flags:
        facts = replace(facts, flags=(*facts.flags, Flag.BLEND))
    if not _is_coffee(facts, title, item, text):
        return Refused(Refusal.NOT_COFFEE, title, item.external_id)
    return Coffee(replace(facts, offers=prices.offers, description=text), web_address(item.url), prices.warnings)


def _refusal(title: str, name: str, item: RawItem) -> Refusal | None:
    """By the title, else by the name that is left of it: "free shipping" may hide what is sold."""
    if not name:
        return Refusal.NOT_COFFEE
    return _refused(title, item) or (None if name == title else _refused(name, item))


def _refused(words: str, item: RawItem) -> Refusal | None:
    prices = [variant.price for variant in item.variants]
    return refusal(words, kind=item.kind, vendor=item.vendor, tags=item.tags, price=None if any(prices) or not prices else "0")


def _loose(item: RawItem, roaster: Roaster, *, title: str, name: str, prose: str, stated: Mapping[str, Sequence[str]]) -> LooseCoffee:
    """Each field's own words in its column. A country hidden in the ingredients counts where no line states one."""
    grown = (*stated.get("origin", ()), *stated.get("region", ()))
    hidden = tuple(words for words in stated.get("ingredients", ()) if origins_in(words))
    return LooseCoffee(
        external_id=item.external_id,
        name=name,
        roaster=roaster.name,
        roaster_country=roaster.country,
        story=readable(prose),
        places=grown if any(map(origins_in, grown)) else grown + hidden,
        farm=_first(stated, "farm"),
        producer=_first(stated, "producer"),
        altitude=next((words for words in (*stated.get("altitude", ()), *_heights(prose)) if altitude(words)), ""),
        process="; ".join(words for words in stated.get("process", ()) if process_label(words).kinds or find_processes(words)),
        varieties=tuple(words for words in stated.get("variety", ()) if stated_varieties(words)),
        roast=_roast(stated.get("roast", ()), title),
        notes=settled(stated.get("notes", ())),
        flags=tuple(stated.get("flags", ())),
        acidity=level_words(stated.get("acidity", ())),
        body=level_words(stated.get("body", ())),
        sweetness=level_words(stated.get("sweetness", ())),
        image=web_address(item.image, page=item.url or ""),
    )


def _first(stated: Mapping[str, Sequence[str]], field: str) -> str:
    return next(iter(stated.get(field, ())), "")


def _heights(prose: str) -> list[str]:
    return [found[0] for found in _MASL.finditer(prose)]


def _roast(stated: Sequence[str], title: str) -> str:
    """What a line states if it is a level, else the title if it names one; "Comforting" stays what it is: no level."""
    named = [words for words in (*stated, title) if find_roast(words)]
    return named[0] if named else next(iter(stated), "")


def _completed(facts: CoffeeFacts, loose: LooseCoffee, tags: Sequence[str]) -> CoffeeFacts:
    """Notes that prose told, without the prose; and what nothing else tells, by the shop's tags."""
    told = stated_by_tags(tags)
    columns: dict[str, Any] = {}
    notes = settled(clear_notes(facts.notes))
    if not loose.notes and notes != facts.notes:
        columns["notes"] = notes
    if not facts.origins and not loose.places and "origin" in told:
        columns["places"] = told["origin"]
    if not facts.processes and not loose.process and "process" in told:
        columns["process"] = told["process"][0]
    if facts.roast is None and not loose.roast and "roast" in told:
        columns["roast"] = told["roast"][0]
    if not columns:
        return facts
    again = facts_of(replace(loose, **columns))
    if "notes" not in columns:
        return again
    sentence = facts.evidence["notes"]
    return replace(again, notes=notes, evidence={**again.evidence, "notes": sentence, **({"families": sentence} if again.families else {})})


def _is_coffee(facts: CoffeeFacts, title: str, item: RawItem, text: str) -> bool:
    """Whether anything at all speaks for a coffee: a shop that also sells wallets names no process, no notes and no origin for them."""
    known = facts.origins or facts.processes or facts.varieties or facts.notes or facts.roast
    return bool(known or any(_COFFEE.search(words) for words in (title, item.kind, text)))


def as_item(coffee: Coffee) -> RawItem:
    """A coffee as an item that states every fact of it outright, and has no prose that would have to be read again."""
    facts = coffee.facts
    named = {*regions_in(facts.name), *regions_in(facts.farm or "")}  # these follow on those that are stated
    stated_regions = max((place for place, region in enumerate(facts.regions, start=1) if region not in named), default=0)
    stated = {
        "origin": facts.origins,
        "region": facts.regions[:stated_regions],
        "farm": (facts.farm,) if facts.farm else (),
        "producer": (facts.producer,) if facts.producer else (),
        "altitude": (f"{facts.altitude_masl[0]}-{facts.altitude_masl[1]} m",) if facts.altitude_masl else (),
        "process": tuple(process.value.replace("_", " ") for process in facts.processes),
        "variety": tuple(map(variety_name, facts.varieties)),
        "roast": (str(facts.roast),) if facts.roast else (),
        "notes": facts.notes,
        "flags": tuple(map(str, facts.flags)),
        "acidity": (facts.acidity,) if facts.acidity else (),
        "body": (facts.body,) if facts.body else (),
        "sweetness": (facts.sweetness,) if facts.sweetness else (),
    }
    return RawItem(
        external_id=facts.external_id,
        title=facts.name,
        url=coffee.url,
        kind="coffee",
        image=facts.image,
        stated={field: values for field, values in stated.items() if values},
        variants=tuple(as_variants(facts.offers)),
    )


def process_words(facts: CoffeeFacts) -> list[str]:
    """The processes, and what was done in their course: "washed", "carbonic_maceration"."""
    return [*map(str, facts.processes), *(str(flag) for flag in facts.flags if flag in (Flag.CARBONIC_MACERATION, Flag.COFERMENT))]


def variety_name(variety: str) -> str:
    """A variety in the trade's spelling: "Gesha", "SL28"."""
    return next(iter(variety_names(variety)), variety)
