"""All the facts of one coffee together."""

import re

from coffeebot.domain.coffee import CoffeeFacts, Flag, RoastLevel
from coffeebot.domain.facts.altitude import altitude
from coffeebot.domain.facts.claims import blend, flags
from coffeebot.domain.facts.cup import cup_level
from coffeebot.domain.facts.families import families_by_weight
from coffeebot.domain.facts.origin import origins, regions
from coffeebot.domain.facts.processing import processes
from coffeebot.domain.facts.reading import Reading
from coffeebot.domain.facts.variety import varieties
from coffeebot.domain.folding import plain
from coffeebot.domain.loose import LooseCoffee
from coffeebot.domain.places import canonical_country, find_places
from coffeebot.domain.tasting import listed_notes, single_notes
from coffeebot.domain.vocabulary import find_roast

# Without one of these "medium" is the size of a farm
_ROAST = re.compile(r"roast|röst|torr[aeé]f|torrad|tuest|tostad|tostat|[焙煎烘]|로스트|로스팅|배전", re.IGNORECASE)


def facts_of(coffee: LooseCoffee) -> CoffeeFacts:
    """All that is known of a coffee. A column outweighs prose; what nothing states stays unknown."""
    reading = Reading(coffee)
    notes = _notes(reading)
    grown_in = origins(reading)
    claims = flags(reading)
    return CoffeeFacts(
        external_id=coffee.external_id,
        name=coffee.name,
        roaster=coffee.roaster,
        roaster_country=_roaster_country(coffee.roaster_country),
        description=coffee.description,
        origins=grown_in,
        regions=regions(reading),
        farm=coffee.farm or None,
        producer=coffee.producer or None,
        altitude_masl=_altitude(reading),
        processes=processes(reading),
        varieties=varieties(reading, grown_in),
        roast=_roast(reading),
        families=_families(reading, notes),
        notes=notes,
        flags=claims,
        blend=blend(reading, claims, grown_in),
        decaf=Flag.DECAF in claims,  # the trade always says so when a coffee is decaffeinated
        acidity=cup_level(reading, "acidity"),
        body=cup_level(reading, "body"),
        sweetness=cup_level(reading, "sweetness"),
        score=coffee.score,
        image=coffee.image,
        sample=coffee.sample,
        offers=coffee.offers,
        evidence=reading.evidence,
    )


def _notes(reading: Reading) -> tuple[str, ...]:
    coffee = reading.coffee
    if coffee.notes:
        reading.keep("notes", coffee.notes[0])
        return tuple(dict.fromkeys(note for listed in coffee.notes for note in single_notes(listed)))
    notes, words = listed_notes(coffee.tasting or coffee.story)
    if notes:
        reading.keep("notes", words)
    return notes


def _families(reading: Reading, notes: tuple[str, ...]) -> tuple[str, ...]:
    found = families_by_weight(notes)
    if found:
        reading.keep("families", reading.evidence["notes"])
    return found


def _roast(reading: Reading) -> RoastLevel | None:
    """The column's level, else that of the name, else of a sentence about this coffee."""
    stated = plain(reading.coffee.roast)
    level = next((level for level in RoastLevel if stated == plain(level)), None)
    if level or reading.coffee.roast:
        level = level or find_roast(reading.coffee.roast)
        reading.keep("roast", reading.coffee.roast if level else "")
        return level
    told = {level: passage for passage in reversed(reading.told) if _ROAST.search(passage) and (level := find_roast(passage))}
    if (named := find_roast(reading.coffee.name)) is not None:
        reading.keep("roast", reading.coffee.name)
        return named
    if len(told) != 1:
        return None
    level, passage = told.popitem()
    reading.keep("roast", passage)
    return level


def _altitude(reading: Reading) -> tuple[int, int] | None:
    metres = altitude(reading.coffee.altitude)
    if metres:
        reading.keep("altitude_masl", reading.coffee.altitude)
    return metres


def _roaster_country(text: str) -> str | None:
    if not text:
        return None
    return canonical_country(text) or next((c for found in find_places(text) for c in found.place.countries), None) or text
