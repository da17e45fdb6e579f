"""Places: which country a name, an adjective or a growing region means."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from coffeebot.domain.folding import Folded, fold, plain
from coffeebot.domain.lexicon import Lexicon
from coffeebot.domain.words import listed, table


class PlaceKind(StrEnum):
    COUNTRY = "country"  # grows coffee
    CONTINENT = "continent"  # or another group of countries
    REGION = "region"  # inside one country
    ROASTING = "roasting"  # a country, or a city in it, that only roasts
    DECOY = "decoy"  # "French press" is no place


@dataclass(frozen=True, slots=True)
class Place:
    """`name` is the country's English name, or a region's usual spelling in plain lower case."""

    kind: PlaceKind
    name: str
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place in a text and where it stands there."""

    place: Place
    span: tuple[int, int]


_OUTER_WORDS = {"northern", "southern", "eastern", "western", "central", "growing", "region", "the", "coffee"}


_PARTS = {"United Kingdom": ("England", "Scotland", "Wales")}  # a roaster may give either as its country


def _countries() -> Iterator[tuple[str, Place]]:
    told = table("countries")
    for kind, countries in ((PlaceKind.COUNTRY, told["growing"]), (PlaceKind.ROASTING, told["roasting"])):
        for name, words in countries.items():
            for word in (name, *listed(words)):
                yield word, Place(kind, name, (name, *_PARTS.get(name, ())))
    for country, words in told["islands"].items():
        for word in listed(words):
            yield word, Place(PlaceKind.COUNTRY, country, (country,))


def _continents() -> Iterator[tuple[str, Place]]:
    for group in table("countries")["continents"]:
        names = listed(group["names"])
        for word in names:
            yield word, Place(PlaceKind.CONTINENT, plain(names[0]), listed(group["countries"]))


def _regions() -> Iterator[tuple[str, Place]]:
    for country, words in table("regions").items():
        for word in listed(words):
            spelling, _, usual = word.partition("=")
            yield spelling, Place(PlaceKind.REGION, plain(usual or spelling), (country,))


@lru_cache(maxsize=1)
def entries() -> tuple[tuple[str, Place], ...]:
    """(phrase, place) of every name known, the surest meaning of a phrase first."""
    decoys = [(word, Place(PlaceKind.DECOY, word)) for word in listed(table("countries")["decoys"]["words"])]
    return (*decoys, *_continents(), *_countries(), *_regions())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon[Place]:
    return Lexicon(entries())


def find_places(text: str | Folded, *, typos: bool = False) -> list[PlaceFound]:
    """Every place named in a text, in reading order."""
    folded = fold(text) if isinstance(text, str) else text
    return [
        PlaceFound(match.meaning, folded.span(match.start, match.end))
        for match in lexicon().find(folded, typos=typos)
        if match.meaning.kind is not PlaceKind.DECOY
    ]


def find_origins(text: str | Folded, *, typos: bool = False) -> list[PlaceFound]:
    """The producing countries and groups of countries named in a text; regions are not among them."""
    return [found for found in find_places(text, typos=typos) if found.place.kind in (PlaceKind.COUNTRY, PlaceKind.CONTINENT)]


def origins_in(text: str, *, typos: bool = False) -> tuple[str, ...]:
    """The producing countries named in a text, a continent as its countries, each once."""
    return tuple(dict.fromkeys(country for found in find_origins(text, typos=typos) for country in found.place.countries))


def regions_in(text: str, *, typos: bool = False) -> tuple[str, ...]:
    """The growing regions named in a text, in their usual spelling and plain lower case ("tarrazu", "yirgacheffe")."""
    found = find_places(text, typos=typos)
    return tuple(dict.fromkeys(f.place.name for f in found if f.place.kind is PlaceKind.REGION))


@lru_cache(maxsize=8192)
def country_of(region_text: str) -> str | None:
    """The country that a roaster's words for a region belong to; None when they name none, or several.

    "Guji Zone" is Ethiopia, "South-Central Kenya" Kenya, "Big Island Of Hawai’I" Hawaii, "Aceh Province" Indonesia.
    """
    places = [found.place for found in find_places(region_text)]
    named = {place.name for place in places if place.kind is PlaceKind.COUNTRY}
    if len(named) == 1:
        return named.pop()
    if named or any(place.kind is PlaceKind.CONTINENT for place in places):
        return None
    inside = [place.countries[0] for place in places if place.kind is PlaceKind.REGION]
    return inside[0] if inside and len(set(inside)) == 1 else None


def canonical_region(text: str) -> str:
    """The usual spelling of a region in plain lower case; of an unknown one its words without "growing region" and the like."""
    known = regions_in(text)
    return known[0] if known else " ".join(word for word in plain(text).split() if word not in _OUTER_WORDS) or plain(text)


def canonical_country(name: str) -> str | None:
    """The English name of any country that we know by name, adjective or translation, also one that only roasts."""
    place = lexicon().get(name)
    return place.countries[0] if place and place.kind in (PlaceKind.COUNTRY, PlaceKind.ROASTING) else None


@lru_cache(maxsize=512)
def japanese_country(name: str) -> str:
    """A country's name in Japanese; the name itself when we have none."""
    told = table("countries")
    spellings = listed(told["growing"].get(name) or told["roasting"].get(name, ""))
    return next((word for word in spellings if "\u30a0" <= word[0] <= "\u30ff" or word in _KANJI_NAMES), name)


_KANJI_NAMES = {"日本", "中国", "台湾", "香港", "韓国", "南アフリカ", "東ティモール"}
