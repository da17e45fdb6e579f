"""Which coffees a prose names without a reference: one of those on the shelf, or one that was not offered at all."""

import re
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from coffeebot.domain.common_words import COMMON
from coffeebot.domain.folding import plain
from coffeebot.domain.proper_names import Phrase, Trade, mentions, name_in, parts, phrases
from coffeebot.domain.query import Candidate
from coffeebot.models.catalogue import called
from coffeebot.models.database import Database

_APOSTROPHE = re.compile("[’‘ʻʼ`]")
MOST = 500  # spellings that are looked up for one reply


def named_plainly(prose: str, shelf: Sequence[Candidate], *, known: Collection[UUID] = ()) -> tuple[int, ...]:
    """The places on the shelf of coffees whose whole name is written out, in the order of the prose; not of those `known` already.

    Only names of two words or more count that say more than where a coffee is from or how it was made, and that no other
    coffee on the shelf has.
    """
    keys = [plain(coffee.name) for coffee in shelf]
    own = {coffee.name: n for n, coffee in enumerate(shelf) if keys.count(keys[n]) == 1}
    found = sorted((start, end, own[name]) for name, start, end in mentions(prose, own) if shelf[own[name]].id not in known)
    if not found:
        return ()  # finding the trade's words takes longer than all the rest
    trade = Trade(prose)
    return tuple(dict.fromkeys(place for start, end, place in found if trade.telling(Phrase(prose[start:end], start, end))))


class Grounding:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def ungrounded(
        self, prose: str, *, shelf: Sequence[Candidate], allowed: Iterable[str] = (), language: str = "en"
    ) -> tuple[str, ...]:
        """The names of coffees in a finished reply that were not offered: of the catalogue's, and such as look like one.

        `allowed` are names offered before and whatever else may be repeated: a name that stands in one of them, as in the
        shopper's own words, is none of these.
        """
        known = _known(shelf, allowed)
        loose = [phrase for phrase in phrases(prose) if not _stands_in(phrase, known)]
        if not loose:
            return ()
        trade = Trade(prose)
        coffees, roasters = await self._called([part for phrase in loose for part in parts(phrase)])
        found: list[Phrase] = []
        for phrase in loose:
            named = [part for part in parts(phrase) if _spellings(part) & coffees and not _stands_in(part, known)]
            named = [part for part in named if _says_enough(part, trade)][:1]
            strange = language != "de" or phrase.marked  # where every noun has a capital, one says nothing
            if not named and strange and (name := name_in(phrase, trade)) and not _of_these(phrase, roasters):
                named = [name]
            found += [part for part in named if not any(part.start < other.end and other.start < part.end for other in found)]
        return tuple(dict.fromkeys(phrase.text for phrase in sorted(found, key=lambda phrase: phrase.start)))

    async def _called(self, candidates: Iterable[Phrase]) -> tuple[set[str], set[str]]:
        spellings = sorted({spelling for phrase in candidates for spelling in _spellings(phrase)}, key=len, reverse=True)
        async with self._database.session() as session:
            return await called(session, spellings[:MOST])


def _known(shelf: Sequence[Candidate], allowed: Iterable[str]) -> str:
    """Everything that may be named, plain."""
    facts = (
        text
        for coffee in shelf
        for text in (coffee.name, coffee.roaster, coffee.about, *coffee.origins, *coffee.regions, *coffee.varieties, *coffee.notes)
    )
    return " | ".join(f" {plain(text)} " for text in (*facts, *allowed))


def _stands_in(phrase: Phrase, known: str) -> bool:
    return f" {plain(phrase.text)} " in known


def _spellings(phrase: Phrase) -> set[str]:
    """As a catalogue may have it, in lower case: with either apostrophe, with and without accents."""
    lower = phrase.text.lower()
    straight = _APOSTROPHE.sub("'", lower)
    return {lower, straight, straight.replace("'", "’"), plain(lower)}


def _of_these(phrase: Phrase, names: set[str]) -> bool:
    return any(_spellings(part) & names for part in parts(phrase))


def _says_enough(phrase: Phrase, trade: Trade) -> bool:
    """ "Ethiopia Guji" is a coffee's name and a place; a single word is a name only when it is no ordinary one."""
    own = trade.telling(phrase)
    if len(phrase.words) > 1:
        return bool(own) or phrase.marked
    return bool(own) and own[0] not in COMMON
