"""Where a coffee was grown: countries and regions."""

import re
from collections.abc import Iterable

from coffeebot.domain.facts.reading import Reading
from coffeebot.domain.loose import LooseCoffee
from coffeebot.domain.places import PlaceFound, PlaceKind, canonical_region, country_of, find_places, regions_in

# "Ethiopia-derived Gesha", "Kenya-esque", "the famous Kenya SL28 variety" say nothing of where this one grew
_LIKENESS = re.compile(
    r"[- ](?:derived|esque|like|style|style[ds]?|inspired|type|native|born)\b|[- ](?:[\w-]+ ){0,3}variet(?:y|ies)\b", re.IGNORECASE
)
_LIKENESS_BEFORE = re.compile(
    r"\b(?:developed|originated|originating|bred|discovered|famous|known) (?:first )?(?:in|from)(?: \w+)? $|coffees of $", re.IGNORECASE
)
_FARM = re.compile(r"\s+(?:farm|estate|mill|washing station|cooperative|finca|lot)\b", re.IGNORECASE)
_FARM_BEFORE = re.compile(r"\b(?:fincas?|haciendas?|fazendas?|sitio|granja|estate|farm|at|named|called)\s+(?:[\w’']+\s+)?$", re.IGNORECASE)
_JAVA = re.compile(r"\bjava\b", re.IGNORECASE)


def origins(reading: Reading) -> tuple[str, ...]:
    """The countries that the columns name; else those of the coffee's name; else of the columns' regions; else of its prose.

    A region's name may be common to two countries, so that a country that is named outweighs it.
    """
    coffee = reading.coffee
    stated, in_name = _named(coffee.places), _in_name(coffee.name)
    if stated:
        reading.keep("origins", next(text for text in coffee.places if _named((text,))))
        return tuple(dict.fromkeys([*stated, *(() if len(in_name) == 1 else _inside(coffee.places))]))
    if in_name:
        reading.keep("origins", coffee.name)
        return in_name
    return _kept(reading, coffee.places, _inside(coffee.places)) or _told(reading)


def _kept(reading: Reading, texts: Iterable[str], found: tuple[str, ...]) -> tuple[str, ...]:
    if found:
        reading.keep("origins", next(text for text in texts if _inside((text,))))
    return found


def _told(reading: Reading) -> tuple[str, ...]:
    """The one country that prose names, in sentences about this coffee or else of its kind; else the one of its regions."""
    for find in (_grown_in, _region_of):
        for passages in (reading.told, reading.kind):
            found = {country: passage for passage in reversed(passages) for country in find(passage)}
            if len(found) == 1:
                country, passage = found.popitem()
                reading.keep("origins", passage)
                return (country,)
            if found:
                return ()
    return ()


def _grown_in(passage: str) -> tuple[str, ...]:
    """The countries named in a sentence, without those that only a likeness or a variety's history names."""
    found = [place for place in find_places(passage) if place.place.kind is PlaceKind.COUNTRY and not _is_likeness(passage, place)]
    return tuple(dict.fromkeys(place.place.name for place in found))


def _is_likeness(passage: str, found: PlaceFound) -> bool:
    start, end = found.span
    return bool(_LIKENESS.match(passage, end) or _LIKENESS_BEFORE.search(passage[:start]))


def _region_of(passage: str) -> tuple[str, ...]:
    """The countries of the regions in a sentence; a farm's name ("Finca Kilimanjaro") is no region."""
    found = [place for place in find_places(passage) if place.place.kind is PlaceKind.REGION and not _is_likeness(passage, place)]
    regional = [place for place in found if not (_FARM.match(passage, place.span[1]) or _FARM_BEFORE.search(passage[: place.span[0]]))]
    return tuple(dict.fromkeys(place.place.countries[0] for place in regional))


def _in_name(name: str) -> tuple[str, ...]:
    """The countries of a name; "Java" beside another is a variety, unless "Moka" stands before it."""
    found = _named((name,))
    if len(found) > 1 and _JAVA.search(name) and not re.search(r"\bmo[ck]h?a\b", name, re.IGNORECASE):
        return _named((_JAVA.sub(" ", name),))
    return found


def _named(texts: Iterable[str]) -> tuple[str, ...]:
    """The countries that texts name themselves."""
    found = (found.place for text in texts for found in find_places(text))
    return tuple(dict.fromkeys(place.name for place in found if place.kind is PlaceKind.COUNTRY))


def _inside(texts: Iterable[str]) -> tuple[str, ...]:
    """The countries of the regions that texts name, where no country stands beside them."""
    return tuple(dict.fromkeys(country for text in texts if not _named((text,)) and (country := country_of(text))))


def regions(reading: Reading) -> tuple[str, ...]:
    """The growing regions that columns, name and farm state."""
    coffee = reading.coffee
    for text in (*coffee.places, coffee.name, coffee.farm):
        if regions_in(text) or (text in coffee.places and _unlisted_region(text)):
            reading.keep("regions", text)
    return tuple(dict.fromkeys([*_stated_regions(coffee), *regions_in(coffee.name), *regions_in(coffee.farm)]))


def _stated_regions(coffee: LooseCoffee) -> list[str]:
    return [name for text in coffee.places for name in (*regions_in(text), *_unlisted_region(text))]


def _unlisted_region(text: str) -> tuple[str, ...]:
    """A region that no gazetteer knows still has a name."""
    if any(found.place.kind is not PlaceKind.REGION for found in find_places(text)) or regions_in(text):
        return ()
    name = canonical_region(text)
    return (name,) if name else ()
