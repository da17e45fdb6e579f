"""The catalogue's own value for what somebody calls a thing: "Natural process" is natural, "Sumatra" Indonesia, "jammy" berry."""

from functools import lru_cache

from coffeebot.domain.coffee import Flag, Process, RoastLevel
from coffeebot.domain.flavour import FAMILIES, GROUPS, canonical_note, families_of, find_notes
from coffeebot.domain.folding import plain
from coffeebot.domain.places import canonical_country, canonical_region, country_of, origins_in
from coffeebot.domain.taste import Facet
from coffeebot.domain.vocabulary import BITTERNESS, Topic, entries, find_words

_TOPICS = {
    Facet.PROCESS: Topic.PROCESS,
    Facet.ROAST: Topic.ROAST,
    Facet.VARIETY: Topic.VARIETY,
    Facet.FLAG: Topic.FLAG,
    Facet.BREW_METHOD: Topic.BREW_METHOD,
    Facet.MILK: Topic.MILK,
    Facet.BODY: Topic.BODY,
    Facet.ACIDITY: Topic.ACIDITY,
    Facet.SWEETNESS: Topic.SWEETNESS,
    Facet.BITTERNESS: Topic.BITTERNESS,
    Facet.NOVELTY: Topic.NOVELTY,
}


@lru_cache(maxsize=1)
def values() -> dict[Facet, tuple[str, ...]]:
    """Every value of the facets that have a fixed list."""
    listed = {facet: tuple(dict.fromkeys(word.value for _, word in entries() if word.topic is topic)) for facet, topic in _TOPICS.items()}
    levels: dict[str, tuple[str, ...]] = {
        "body": ("light", "medium", "full"),
        "acidity": ("low", "medium", "high"),
        "sweetness": ("low", "medium", "high"),
        "bitterness": tuple(BITTERNESS),
    }
    return {
        **listed,
        **{Facet(name): steps for name, steps in levels.items()},
        Facet.PROCESS: tuple(Process),
        Facet.ROAST: tuple(RoastLevel),
        Facet.FLAG: tuple(flag for flag in Flag if flag is not Flag.DECAF),
        Facet.FLAVOUR: (*FAMILIES, *GROUPS),
        Facet.DECAF: ("decaf",),
        Facet.MILK: ("milk", "black"),
        Facet.NOVELTY: ("familiar", "adventurous"),
    }


def canonical(facet: Facet, text: str) -> str | None:
    """The value of `facet` that `text` means; None when it means none that we know."""
    said = plain(text)
    if not said:
        return None
    known = {plain(value.replace("_", " ")): value for value in values().get(facet, ())}
    if said in known:
        return str(known[said])
    match facet:
        case Facet.ORIGIN:
            return next(iter(origins_in(text, typos=True)), None) or country_of(text)
        case Facet.ROASTER_COUNTRY:
            return canonical_country(text)
        case Facet.REGION:
            return canonical_region(text)
        case Facet.NOTE:
            return canonical_note(text) if find_notes(text, typos=True) else said
        case Facet.FLAVOUR:
            return next(iter(families_of(text)), None) or _family_word(text)
        case Facet.ROASTER:
            return " ".join(text.split())
        case Facet.DECAF:
            return "decaf" if "decaf" in said or said == "true" else None
    if facet not in _TOPICS:
        return None
    hits = find_words(text, _TOPICS[facet], typos=True)
    # "Clean" suggests a washed coffee and names none; "dark" by itself does name a roast.
    found = {hit.word.value for hit in hits if facet is not Facet.PROCESS or not hit.word.bare}
    return found.pop() if len(found) == 1 else None


def _family_word(text: str) -> str | None:
    return next((families[0] for _, families, _ in find_notes(text, typos=True) if families), None)
