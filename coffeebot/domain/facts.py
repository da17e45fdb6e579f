"""A coffee's facts, read from columns where they state them and from its prose where they do not."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from coffeebot.domain.coffee import CoffeeFacts, Flag, Process, RoastLevel
from coffeebot.domain.flavour import families_of
from coffeebot.domain.folding import plain
from coffeebot.domain.loose import LooseCoffee
from coffeebot.domain.places import PlaceKind, canonical_country, canonical_region, country_of, find_places, regions_in
from coffeebot.domain.tasting import listed_notes, sentences, single_notes
from coffeebot.domain.vocabulary import canonical_variety, find_flags, find_processes, find_roast, find_varieties

# A sentence with one of these speaks of the roaster, or of other coffees
_NOT_THIS_COFFEE = re.compile(
    r"\b(?:other coffees|also (?:offers?|available|sells?|produces?)|one of several|versions? of (?:this|the same)|"
    r"compared (?:to|with)|unlike|roasters?|roaste(?:ry|ries)|roasting company|based in|located in|headquartered|founded|"
    r"established|for more information|visit (?:www|http)|café that)\b",
    re.IGNORECASE,
)
# One with these speaks of its kind ("coffees like this one, when processed by the wet method, typically"): believed when nothing else tells
_ITS_KIND = re.compile(
    r"\b(?:typically|usually|generally|often|traditionally|largely|like this one|when processed|most of the)\b", re.IGNORECASE
)
_CONTRASTED = re.compile(
    r"\b(?:rather than|as opposed to|instead of|as is the case (?:with|for)|in contrast to|not the)\b.*", re.IGNORECASE
)
_OTHER_SENSE = re.compile(
    r"\b(?:natural|honey)[- ](?:solvent|sweet\w*|flavou?rs?|resources?|environment|world|fertili[sz]er\w*|toned|like|yeasts?|forests?)\b",
    re.IGNORECASE,
)
_OTHER_FRUIT = re.compile(r"\b(?:pomegranates?|persimmons?|rhubarb|kaki|fruits?|fruity|grenadine)\b", re.IGNORECASE)
_BODIES = {
    "full": "full syrupy viscous plush creamy heavy velvety rich big thick buttery lush robust chewy weighty",
    "light": "light lightly delicate silky feathery thin lean lithe airy tea-like watery gossamer sheer light-footed",
    "medium": "medium medium-bodied satiny smooth round",
}
_ACIDITIES = {
    "high": "bright brightly brisk briskly juicy vibrant lively sparkling crisp high-toned tart tangy zesty vivid citrusy "
    "effervescent winy intense brilliant phosphoric",
    "low": "gentle gently soft low muted mild subdued quiet delicate faint restrained understated",
    "medium": "balanced round rounded medium moderate sweet",
}
_SWEETNESSES = {
    "high": "high deeply richly intensely very lush opulent honeyed",
    "medium": "medium gently balanced sweetly crisply",
    "low": "low bitter bittersweet dry savory-leaning",
}
_BODY_WORDS = re.compile(r"([^.;:!?]*?)\b(?:mouthfeel|body|viscosity)\b", re.IGNORECASE)
_ACIDITY_WORDS = re.compile(r"([\w\s,’'-]*?)\bacidity\b", re.IGNORECASE)
_SWEETNESS_WORDS = re.compile(r"\b([\w-]+)\s+sweet\b", re.IGNORECASE)
_ALTITUDE = re.compile(
    r"(\d[\d,.]{2,5})\s*(?:m|masl|meters?|metres?)?\s*(?:-|–|to|~|〜)?\s*(\d[\d,.]{2,5})?\s*(f(?:ee|oo)?t|ft)?", re.IGNORECASE
)


@dataclass(slots=True)
class _Reader:
    """One coffee's texts, and what was read from which words."""

    coffee: LooseCoffee
    own: str = ""  # the prose that is about this coffee
    kind: str = ""  # the prose that is about coffees of its kind
    evidence: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        told = [s for s in sentences(self.coffee.story) if not _NOT_THIS_COFFEE.search(s)]
        self.own = " ".join(s for s in told if not _ITS_KIND.search(s))
        self.kind = " ".join(s for s in told if _ITS_KIND.search(s))

    @property
    def about(self) -> str:
        """All that is surely about this coffee."""
        return f"{self.coffee.name}. {self.coffee.summary} {self.own}"


def facts_of(coffee: LooseCoffee) -> CoffeeFacts:
    """All that is known of a coffee. A column outweighs prose; what nothing states stays unknown."""
    reader = _Reader(coffee)
    notes = _notes(reader)
    origins = _origins(reader)
    flags = _flags(reader)
    return CoffeeFacts(
        external_id=coffee.external_id,
        name=coffee.name,
        roaster=coffee.roaster,
        roaster_country=_roaster_country(coffee.roaster_country),
        description=coffee.description,
        origins=origins,
        regions=_regions(reader),
        farm=coffee.farm or None,
        producer=coffee.producer or None,
        altitude_masl=altitude(coffee.altitude),
        processes=_processes(reader),
        varieties=_varieties(reader),
        roast=_roast(coffee),
        families=families_by_weight(notes),
        notes=notes,
        flags=flags,
        blend=_blend(coffee, flags, origins),
        decaf=Flag.DECAF in flags,  # the trade always says so when a coffee is decaffeinated
        acidity=_level(coffee.acidity, _ACIDITIES) or _told(reader, "acidity", _ACIDITY_WORDS, _ACIDITIES),
        body=_level(coffee.body, _BODIES) or _told(reader, "body", _BODY_WORDS, _BODIES),
        sweetness=_level(coffee.sweetness, _SWEETNESSES) or _told(reader, "sweetness", _SWEETNESS_WORDS, _SWEETNESSES),
        score=coffee.score,
        image=coffee.image,
        sample=coffee.sample,
        offers=coffee.offers,
        evidence=reader.evidence,
    )


def families_by_weight(notes: Sequence[str]) -> tuple[str, ...]:
    """The families of a coffee's notes, the most characteristic first.

    A note counts most for the family it is filed under, early notes count more than late ones, and several add up.
    """
    weights: Counter[str] = Counter()
    for place, note in enumerate(notes):
        for rank, family in enumerate(families_of(note) or _unfiled_family(note)):
            weights[family] += (1000 if rank == 0 else 300) - 40 * min(place, 6)
    return tuple(family for family, _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def _unfiled_family(note: str) -> tuple[str, ...]:
    """Fruit that belongs to no branch, and "fruit" itself, are fruity: somebody who wants no fruit does not want them either."""
    return ("fruity",) if _OTHER_FRUIT.search(note) else ()


def _notes(reader: _Reader) -> tuple[str, ...]:
    coffee = reader.coffee
    if coffee.notes:
        return tuple(dict.fromkeys(note for listed in coffee.notes for note in single_notes(listed)))
    notes, words = listed_notes(coffee.tasting or coffee.story)
    if notes:
        reader.evidence["notes"] = words
    return notes


def _origins(reader: _Reader) -> tuple[str, ...]:
    """The countries that the columns name; else those of the coffee's name; else of the columns' regions; else of its prose.

    A region's name may be common to two countries, and a name on the bag is seldom wrong.
    """
    coffee = reader.coffee
    stated, in_name = _named(coffee.places), _named((coffee.name,))
    if stated:
        return tuple(dict.fromkeys([*stated, *(() if len(in_name) == 1 else _inside(coffee.places))]))
    if in_name:
        reader.evidence["origins"] = coffee.name
        return in_name
    inside = _inside(coffee.places) or _inside((coffee.name,))
    if inside:
        return inside
    told = _named((reader.about,))
    if len(told) == 1:
        reader.evidence["origins"] = _sentence_with(reader.about, told[0])
        return told
    return ()


def _named(texts: Iterable[str]) -> tuple[str, ...]:
    """The countries that texts name themselves."""
    found = (found.place for text in texts for found in find_places(text))
    return tuple(dict.fromkeys(place.name for place in found if place.kind is PlaceKind.COUNTRY))


def _inside(texts: Iterable[str]) -> tuple[str, ...]:
    """The countries of the regions that texts name, where no country stands beside them."""
    return tuple(dict.fromkeys(country for text in texts if not _named((text,)) and (country := country_of(text))))


def _regions(reader: _Reader) -> tuple[str, ...]:
    coffee = reader.coffee
    stated = [name for text in coffee.places for name in (*regions_in(text), *_unlisted_region(text))]
    return tuple(dict.fromkeys([*stated, *regions_in(coffee.name), *regions_in(coffee.farm)]))


def _unlisted_region(text: str) -> tuple[str, ...]:
    """A region that no gazetteer knows still has a name."""
    if any(found.place.kind is not PlaceKind.REGION for found in find_places(text)) or regions_in(text):
        return ()
    name = canonical_region(text)
    return (name,) if name else ()


def _processes(reader: _Reader) -> tuple[Process, ...]:
    if reader.coffee.process:
        return find_processes(reader.coffee.process)
    found: list[Process] = []
    for text in (reader.coffee.name, reader.coffee.summary, reader.own, reader.kind):
        told = _processes_told(reader, text)
        if all(process is Process.ANAEROBIC for process in found):
            found += told
        elif text is not reader.kind:
            found += [process for process in told if process is Process.ANAEROBIC]
    return tuple(dict.fromkeys(found))


def _processes_told(reader: _Reader, text: str) -> list[Process]:
    found: list[Process] = []
    for sentence in sentences(text):
        processes = find_processes(_OTHER_SENSE.sub(" ", _CONTRASTED.sub("", sentence)))
        if processes:
            reader.evidence.setdefault("processes", sentence[:300])
            found += processes
    return found


def _varieties(reader: _Reader) -> tuple[str, ...]:
    if reader.coffee.varieties:
        return tuple(
            dict.fromkeys(found for text in reader.coffee.varieties for found in find_varieties(text) or (canonical_variety(text),))
        )
    found = find_varieties(reader.about)
    if found:
        reader.evidence["varieties"] = _sentence_with(reader.about, found[0])
    return found


def _roast(coffee: LooseCoffee) -> RoastLevel | None:
    stated = plain(coffee.roast)
    for level in RoastLevel:
        if stated == plain(level):
            return level
    return find_roast(coffee.roast) if coffee.roast else find_roast(f"{coffee.name}. {coffee.story}")


def _flags(reader: _Reader) -> tuple[Flag, ...]:
    coffee = reader.coffee
    stated = [flag for text in coffee.flags for flag in ([Flag(text)] if text in set(Flag) else find_flags(text))]
    told = find_flags(f"{reader.about} {coffee.tasting}")
    for flag in told:
        if flag not in stated:
            reader.evidence.setdefault(f"flags.{flag}", _sentence_with(f"{reader.about} {coffee.tasting}", flag.replace("_", " ")))
    if re.search(r"\bhalf[- ]?caf", coffee.name, re.IGNORECASE):
        told = tuple(flag for flag in told if flag is not Flag.DECAF)
    if re.search(r"\bblend\b", f"{coffee.name} {coffee.summary}", re.IGNORECASE):
        told = (*told, Flag.BLEND)  # "espresso blend" is one word of the trade with two meanings
    return tuple(dict.fromkeys([*stated, *told]))


def _blend(coffee: LooseCoffee, flags: Sequence[Flag], origins: Sequence[str]) -> bool | None:
    if Flag.BLEND in flags:
        return True
    if len(origins) == 1:
        return False
    return True if len(origins) > 1 and re.search(r"\bblend", coffee.description, re.IGNORECASE) else None


def _roaster_country(text: str) -> str | None:
    if not text:
        return None
    return canonical_country(text) or next((c for found in find_places(text) for c in found.place.countries), None) or text


def _told(reader: _Reader, name: str, words: re.Pattern[str], levels: dict[str, str]) -> str | None:
    for found in words.finditer(reader.coffee.tasting or reader.coffee.story):
        level = _level(found[1], levels)
        if level:
            reader.evidence[name] = found[0].strip()
            return level
    return None


def _level(text: str, levels: dict[str, str]) -> str | None:
    """The level that the last telling word names: in "bright but gentle acidity" the nearer one counts."""
    stated = text.strip().lower()
    if stated in levels:
        return stated
    for word in reversed(re.findall(r"[a-z]+(?:-[a-z]+)*", stated)):
        for level, listed in levels.items():
            if word in listed.split():
                return level
    return None


def altitude(text: str) -> tuple[int, int] | None:
    """ "1,800–2,000 masl" in metres, lowest and highest; feet are converted; None when nothing believable stands there."""
    found = _ALTITUDE.search(text)
    if not found:
        return None
    factor = 0.3048 if found[3] else 1.0
    metres = sorted(round(int(re.sub(r"\D", "", number)) * factor) for number in (found[1], found[2]) if number)
    return (metres[0], metres[-1]) if metres[0] >= 100 and metres[-1] <= 4000 else None


def _sentence_with(text: str, word: str) -> str:
    first = word.lower().split()[0]
    return next((s for s in sentences(text) if first in s.lower()), "")[:300]
