"""What a message changes in a profile: lines to strike out, lines to replace, lines to add."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import UUID

from coffeebot.domain.facts.claims import DECAF_METHODS
from coffeebot.domain.flavour import families_of, members
from coffeebot.domain.taste import Facet, Polarity, ProfileChange, Trait
from coffeebot.domain.understanding.cues import FacetWord
from coffeebot.domain.understanding.facts import fact_traits
from coffeebot.domain.understanding.reading import Reading
from coffeebot.domain.understanding.tastes import tastes
from coffeebot.domain.understanding.wish import Stance, Wish

_TASTE = (Facet.FLAVOUR, Facet.NOTE)
# A new statement about one of these replaces what was said before about any of its group
_REPLACED: tuple[tuple[Facet, ...], ...] = (
    (Facet.ORIGIN, Facet.REGION),
    *((facet,) for facet in (Facet.PROCESS, Facet.ROAST, Facet.VARIETY, Facet.ROASTER_COUNTRY, Facet.BUDGET, Facet.SCORE)),
    *((facet,) for facet in (Facet.BREW_METHOD, Facet.MILK, Facet.BODY, Facet.ACIDITY, Facet.SWEETNESS, Facet.BITTERNESS)),
    (Facet.NOVELTY,),
)
_START_OVER = re.compile(
    r"\b(?:start (?:over|again|afresh|from scratch)|starting over|forget (?:everything|all (?:of )?(?:that|this|it)|"
    r"all i said|what i said)|reset(?: everything)?|clean slate|new search|scratch all|clear (?:everything|my (?:taste|"
    r"profile))|from the beginning|"
    r"empezar de nuevo|recommencer|von vorne|neu anfangen|ricominciare|comecar de novo)\b|最初から|やり直し|全部忘れて|"
    r"リセット|重新开始|重来|처음부터"
)
_TAKE_BACK = re.compile(
    r"^\W*(?:no )?(?:actually |wait |ok |oh )?(?:scratch that|never ?mind|forget (?:it|that)|undo(?: that)?|take that back|"
    r"i take that back|やっぱりなし|算了|취소)\W*$"
)
_ANY_DECAF = re.compile(
    r"\bany (?:kind of |type of |other )?deca(?:f|ff|ffeinated)\b|"
    r"どの(?:デカフェ|カフェインレス)でも|(?:デカフェ|カフェインレス)なら(?:何|なん)でも"
)


def revise(profile: Sequence[Trait], added: Iterable[Trait], wishes: Sequence[Wish], reading: Reading) -> ProfileChange:
    """The change that a message makes."""
    added = list(added)
    if takes_back(reading):
        return ProfileChange(remove=_latest(profile))
    struck: dict[UUID, None] = {}
    if _START_OVER.search(reading.folded.text):
        struck.update((trait.id, None) for trait in profile)
    for trait in (*_let_go(profile, wishes, reading), *_replaced(profile, added, also=any(wish.also for wish in wishes))):
        struck[trait.id] = None
    kept = [trait for trait in profile if trait.id not in struck]
    news = tuple(trait for trait in _once(added) if not _weaker(trait, kept))
    struck.update((old.id, None) for new in news for old in kept if _contradicts(new, old))
    if _ANY_DECAF.search(reading.folded.text) or any(trait.facet is Facet.DECAF and trait.id in struck for trait in profile):
        # how caffeine is taken out goes with the wish to have it out
        struck.update((trait.id, None) for trait in profile if trait.facet is Facet.FLAG and trait.value in DECAF_METHODS)
    return ProfileChange(add=news, remove=tuple(struck))


def takes_back(reading: Reading) -> bool:
    """ "scratch that" """
    return bool(_TAKE_BACK.match(reading.folded.text))


def _latest(profile: Sequence[Trait]) -> tuple[UUID, ...]:
    """The lines of the message before this one."""
    stamped = [trait for trait in profile if trait.message_id]
    if not stamped:
        return ()
    last = max(stamped, key=lambda trait: trait.created_at).message_id
    return tuple(trait.id for trait in stamped if trait.message_id == last)


def _once(added: Iterable[Trait]) -> Iterator[Trait]:
    """Each line once, its firmest wording."""
    firm: dict[tuple[str, str, bool], Trait] = {}
    for trait in added:
        known = firm.get(trait.key)
        if known is None or (trait.hard and not known.hard):
            firm[trait.key] = trait
    return iter(firm.values())


def _weaker(new: Trait, kept: Sequence[Trait]) -> bool:
    """Whether a firmer line says the same already."""
    return not new.hard and any(old.key == new.key and old.hard for old in kept)


def _let_go(profile: Sequence[Trait], wishes: Sequence[Wish], reading: Reading) -> Iterator[Trait]:
    """The lines that the shopper takes back."""
    for wish in wishes:
        opened = wish.stance in (Stance.FORGET, Stance.ANY, Stance.FINE) or _is_dropped(reading, wish)
        if opened and not _specified(reading, wish) and isinstance(wish.mention.meaning, FacetWord):
            yield from (trait for trait in profile if trait.facet in wish.mention.meaning.facets)
    for stance in (Stance.FORGET, Stance.FINE, Stance.IGNORE):
        meant = meant_by(reading, wishes, stance)
        for trait in profile:
            opposed = trait.polarity is Polarity.AVOID if stance is Stance.FINE else trait.polarity is not Polarity.AVOID
            if (stance is Stance.FORGET or opposed) and any(_same_matter(told, trait) for told in meant):
                yield trait


_GRADED = {Facet.ACIDITY, Facet.SWEETNESS, Facet.BITTERNESS, Facet.BODY}  # of these one can have less
_DROPS = re.compile(r"(?:lose|skip|cut|leave (?:out|off)|hold|bin|ditch|nix|no)\b(?: (?:the|that|this|my|any|all|whole))*\s?")


def _is_dropped(reading: Reading, wish: Wish) -> bool:
    """ "Lose the roast", "no budget": a facet that is refused as a whole is open."""
    graded = isinstance(wish.mention.meaning, FacetWord) and set(wish.mention.meaning.facets) & _GRADED
    dropped = _DROPS.match(reading.folded.text, max(wish.since, 0))
    return wish.stance is Stance.AVOID and not graded and dropped is not None and dropped.end() >= wish.mention.start


_SPECIFIED = re.compile(r"\s?(?:of|like|such|with)\b")


def _specified(reading: Reading, wish: Wish) -> bool:
    """ "any notes of chocolate" opens no facet."""
    return bool(_SPECIFIED.match(reading.folded.text, wish.mention.end))


def meant_by(reading: Reading, wishes: Sequence[Wish], stance: Stance) -> list[Trait]:
    """The lines that wishes of a stance would make if they were wanted."""
    turned = [replace(wish, stance=Stance.WANT) for wish in wishes if wish.stance is stance]
    flavours = [
        Trait(Facet.NOTE, taste.note) if taste.note else Trait(Facet.FLAVOUR, taste.family)
        for taste in tastes(reading, turned, Stance.WANT)
    ]
    return [*flavours, *fact_traits(reading, turned, asked=None, roasts=())]


def _families(trait: Trait) -> set[str]:
    """What a flavour line is about: its families; of a note the one it is filed under."""
    return set(members(trait.value)) if trait.facet is Facet.FLAVOUR else set(families_of(trait.value)[:1])


def _same_matter(told: Trait, trait: Trait) -> bool:
    if told.facet in _TASTE and trait.facet in _TASTE:
        return told.value == trait.value or bool(_families(told) & _families(trait))
    return told.facet == trait.facet and told.value == trait.value


def _replaced(profile: Sequence[Trait], added: Sequence[Trait], *, also: bool) -> Iterator[Trait]:
    """The lines that a new statement about the same thing supersedes."""
    if also:
        return
    for facets in _REPLACED:
        news = [trait for trait in added if trait.facet in facets and trait.polarity is not Polarity.AVOID]
        firm = any(trait.hard for trait in news)
        for trait in profile:
            if news and trait.facet in facets and trait.polarity is not Polarity.AVOID and (firm or not trait.hard):
                yield trait


def _contradicts(new: Trait, old: Trait) -> bool:
    """Whether an old line cannot stand beside a new one."""
    if (new.polarity is Polarity.AVOID) == (old.polarity is Polarity.AVOID):
        return False
    if new.facet in _TASTE and old.facet in _TASTE:
        return _narrower(old, new) if new.polarity is Polarity.AVOID else _narrower(new, old)
    return new.facet == old.facet and new.value == old.value


def _narrower(wanted: Trait, avoided: Trait) -> bool:
    """Whether what is wanted lies inside what is avoided: blueberry inside berry, berry inside fruity."""
    if avoided.facet is Facet.NOTE:
        return wanted.value == avoided.value
    return _families(wanted) <= set(members(avoided.value)) and bool(_families(wanted))
