"""Turns flavour wishes into lines: one member named is a note, two of a family the family, a comparison its families."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coffeebot.domain.flavour import FRUIT, families_of
from coffeebot.domain.flavour.notes import Flavour, Kind
from coffeebot.domain.taste import Facet, Trait
from coffeebot.domain.understanding.lines import line
from coffeebot.domain.understanding.reading import Mention, Reading
from coffeebot.domain.understanding.wish import Stance, Wish


@dataclass(frozen=True, slots=True)
class Taste:
    """A flavour wish on its way to a trait: `family` for itself, or `note` filed under `family`."""

    wish: Wish
    family: str
    note: str = ""

    @property
    def key(self) -> str:
        return self.note or self.family


_ADJECTIVAL = re.compile(r"(?:-| )?(?:like|ish|esque|toned|driven|centric)\b|-(?:y|ey|forward|led)\b|y-like\b")
_NOTE_WORD = re.compile(r"\s?(?:notes?|hints?|flavou?rs?|aromas?|tones?)\b")
_NOTES_OF = re.compile(r"(?:notes?|hints?|aromas?|flavou?rs?|touch|taste|tones?) of (?:an? |the )?$|tastes? (?:of )?$")
_OR_A = re.compile(r"\s*(?:or|and|/|,|&)\s*(?:an? )?")
_SWEETNESS = re.compile(r"[ -]sweet(?:ness)?\b")
_MEANT_FOR = re.compile(r"\b(?:for|fur|pour|para|per) (?:my |the |our |a |this |next )?$")


def meant_for(text: str, place: int) -> bool:
    """Whether "for my" stands before a place in a folded text."""
    return _MEANT_FOR.search(text[max(0, place - 12) : place]) is not None


def tastes(reading: Reading, wishes: Sequence[Wish], stance: Stance) -> list[Taste]:
    """The flavours of one stance: illustrations dropped, members merged into their family."""
    spoken = [wish for wish in wishes if isinstance(wish.mention.meaning, Flavour) and wish.stance is stance]
    found: list[Taste] = []
    for wish in _barrels_shared(reading, spoken):
        new = list(_taste(reading, wish))
        if wish.compared and _illustrates(wish, new, found):
            continue
        found += new
    return _without_general(_merged(found)) if stance is Stance.WANT else _merged(found)


def _barrels_shared(reading: Reading, spoken: list[Wish]) -> list[Wish]:
    """ "wine or rum barrel" is two barrels."""
    shared = list(spoken)
    for i in range(len(shared) - 1):
        here, following = shared[i].mention, shared[i + 1].mention
        drink, barrel = here.meaning, following.meaning
        between = reading.folded.text[here.end : following.start]
        if not (isinstance(drink, Flavour) and isinstance(barrel, Flavour) and _OR_A.fullmatch(between)):
            continue
        if following.phrase.endswith("barrel") and barrel.families[:1] == ("boozy",) and "boozy" in drink.families:
            meaning = replace(barrel, note=f"{drink.note} barrel", kind=Kind.NOTE)
            shared[i] = replace(shared[i], mention=replace(here, meaning=meaning))
    return shared


def _taste(reading: Reading, wish: Wish) -> Iterator[Taste]:
    flavour = wish.mention.meaning
    assert isinstance(flavour, Flavour)
    text, mention = reading.folded.text, wish.mention
    if flavour.occasion and meant_for(text, mention.start) and not wish.compared:
        return
    if flavour.kind is Kind.THING or (flavour.compared and (wish.compared or not called_a_note(text, mention))):
        yield from (Taste(wish, family) for family in flavour.compared)
    elif flavour.kind is Kind.GROUP:
        yield Taste(wish, flavour.note)
    elif flavour.kind is Kind.FAMILY or _meant_as_family(text, mention, flavour):
        yield Taste(wish, flavour.families[0])
    else:
        yield Taste(wish, flavour.families[0] if flavour.families else "", flavour.note)


def called_a_note(text: str, mention: Mention) -> bool:
    """Whether it is spoken of as a tasting note: "notes of marmalade", "marmalade notes"."""
    return bool(_NOTES_OF.search(text[max(0, mention.start - 24) : mention.start]) or _NOTE_WORD.match(text, mention.end))


def _meant_as_family(text: str, mention: Mention, flavour: Flavour) -> bool:
    """ "rum-like", "strawberryish", "maple sweetness" mean the whole branch."""
    if not flavour.families:
        return False
    if flavour.families[0] == "caramel_sugar" and _SWEETNESS.match(text, mention.end):
        return True
    return bool(_ADJECTIVAL.match(text, mention.end)) and not text[mention.end :].startswith((" like", " toned"))


def _illustrates(wish: Wish, new: list[Taste], found: list[Taste]) -> bool:
    """ "stone fruit like peach", "bergamot, like earl grey": nothing that was not said already."""
    earlier = [taste for taste in found if taste.wish.clause == wish.clause]
    known = {family for taste in earlier for family in (taste.family, *(families_of(taste.note) if taste.note else ()))}
    if any(taste.family == "fruity" for taste in earlier):
        known.update(FRUIT)
    return any(taste.family in known for taste in new)


def _merged(found: list[Taste]) -> list[Taste]:
    """Two members of one family, or "melon or watermelon", become the family; each key once."""
    notes: dict[str, set[str]] = {}
    named = {taste.family for taste in found if not taste.note}
    for taste in found:
        if taste.note and taste.family:
            notes.setdefault(taste.family, set()).add(taste.note)
    merged: dict[str, Taste] = {}
    for taste in found:
        either = taste.wish.link == "or" and taste.family in named
        if taste.note and (either or len(notes.get(taste.family, ())) >= 2):
            taste = replace(taste, note="")
        known = merged.get(taste.key)
        if known is None or (known.wish.soft and not taste.wish.soft):
            merged[taste.key] = taste if known is None else replace(taste, wish=replace(taste.wish, link=known.wish.link))
    return list(merged.values())


def _without_general(found: list[Taste]) -> list[Taste]:
    """ "fruity: citrus and berries" asks for citrus and berries."""
    fruit = [taste for taste in found if taste.family in FRUIT and not taste.note]
    return [taste for taste in found if taste.key != "fruity" or not fruit]


def flavour_traits(reading: Reading, wishes: Sequence[Wish]) -> Iterator[Trait]:
    """The flavour lines that are wanted and unwanted."""
    wanted = tastes(reading, wishes, Stance.WANT)
    groups = _groups(wanted)
    for taste in wanted:
        yield _flavour_trait(reading, taste, groups.get(taste.key, ""))
    for taste in tastes(reading, wishes, Stance.AVOID):
        yield _flavour_trait(reading, taste, "")


def _groups(wanted: list[Taste]) -> dict[str, str]:
    """The name of the group of alternatives that each of them belongs to, if any."""
    runs: list[list[Taste]] = []
    for taste in wanted:
        if taste.wish.link == "or" and runs and runs[-1][-1].wish.clause == taste.wish.clause:
            runs[-1].append(taste)
        else:
            runs.append([taste])
    return {taste.key: "any of " + ", ".join(sorted(t.key for t in run)) for run in runs if len(run) > 1 for taste in run}


def _flavour_trait(reading: Reading, taste: Taste, group: str) -> Trait:
    facet, value = (Facet.NOTE, taste.note) if taste.note else (Facet.FLAVOUR, taste.family)
    return line(reading, taste.wish, facet, value, group=group)
