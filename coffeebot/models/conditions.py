"""What a trait asks of a coffee, as SQL that answers true, false or, where the coffee does not say, null.

The fragments are written here and nowhere else; whatever a shopper said travels as a bound parameter. They read `c`
(coffee), `r` (its roaster) and `p` (its prices, see search.sql).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from coffeebot.domain.flavour import members
from coffeebot.domain.folding import plain, singular
from coffeebot.domain.taste import Facet, Polarity, Trait

ONE_OUNCE_OF_GRACE = Decimal("0.001")  # 12 oz are sold as 340 g as often as 340.19
_NEVER_FILTERS = {Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY, Facet.AVOID}
_ADDS_UP = {Facet.FLAVOUR, Facet.NOTE, Facet.FLAG}
_COST = {Facet.REGION: 1, Facet.VARIETY: 1, Facet.NOTE: 2}  # the dearer ones are asked last: AND stops at the first that is false
_SIMPLE_COLUMNS = {Facet.ACIDITY: "c.acidity", Facet.BODY: "c.body", Facet.SWEETNESS: "c.sweetness", Facet.ROAST: "c.roast"}
_ALWAYS_SAID = {"espresso", "barrel_aged", "cold_brew"}  # a coffee that is one says so


@dataclass(slots=True)
class Parameters:
    """Values on their way into the statement, each under a name of its own."""

    values: dict[str, Any] = field(default_factory=dict)

    def add(self, value: Any, kind: str = "text") -> str:
        """The value as SQL of this PostgreSQL type."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"CAST(:{name} AS {kind})"


@dataclass(frozen=True, slots=True)
class Must:
    """One condition. `traits` are those it came from (alternatives, or both ends of a budget), `centre` 0 to 1 for how well it is met."""

    traits: tuple[Trait, ...]
    sql: str
    centre: str = ""


def musts(traits: Iterable[Trait], parameters: Parameters) -> list[Must]:
    """A condition for every hard trait, alternatives together."""
    hard = [t for t in traits if t.hard and t.facet not in _NEVER_FILTERS]
    wanted = [t for t in hard if t.polarity is not Polarity.AVOID]
    avoided = [t for t in hard if t.polarity is Polarity.AVOID and t.facet not in (Facet.BUDGET, Facet.SCORE)]
    conditions = [_wanted(group, parameters) for group in _groups(wanted)]
    conditions += [Must((t,), _combine("NOT coalesce(", _breach(t, parameters), ", false)")) for t in avoided]
    return sorted(conditions, key=lambda must: max(_COST.get(t.facet, 0) for t in must.traits))


def holds(facet: Facet, value: str, parameters: Parameters) -> str:
    """Whether a coffee is known to have this; false where it does not say."""
    return _combine("coalesce(", _has(facet, (value,), parameters), ", false)")


def _groups(traits: Sequence[Trait]) -> Iterator[tuple[Trait, ...]]:
    grouped: dict[object, list[Trait]] = {}
    for trait in traits:
        if trait.facet in _ADDS_UP:
            key: object = ("group", trait.group) if trait.group else trait.id
        else:
            key = trait.facet
        grouped.setdefault(key, []).append(trait)
    return (tuple(group) for group in grouped.values())


def _wanted(group: tuple[Trait, ...], parameters: Parameters) -> Must:
    facet = group[0].facet
    if facet is Facet.BUDGET:
        return Must(group, "p.within")  # some offer lies between `budget_ends`; null without a price that compares
    if facet is Facet.SCORE:
        return Must(group, _within_score(group, parameters))
    if facet in _ADDS_UP and len(group) > 1:
        sql = " OR ".join(_has(t.facet, (t.value,), parameters) for t in group)
        return Must(group, _combine("(", sql, ")"), _greatest([_centre(t.facet, (t.value,), parameters) for t in group]))
    values = tuple(t.value for t in group)
    return Must(group, _has(facet, values, parameters), _centre(facet, values, parameters))


def _has(facet: Facet, values: tuple[str, ...], parameters: Parameters) -> str:
    """True, false or null: whether the coffee has one of these values."""
    match facet:
        case Facet.FLAVOUR:
            return _overlaps("c.families", "c.notes", _families(values), parameters)
        case Facet.NOTE:
            return _any([_note(value, parameters) for value in values])
        case Facet.ORIGIN:
            return _overlaps("c.origins", "c.origins", values, parameters)
        case Facet.REGION:
            return _any([_word_in("c.regions", value, parameters) for value in values])
        case Facet.VARIETY:
            return _any([_word_in("c.varieties", value, parameters) for value in values])
        case Facet.PROCESS:
            return _process(values, parameters)
        case Facet.FLAG:
            return _any([_flag(value, parameters) for value in values])
        case Facet.DECAF:
            return "c.decaf"
        case Facet.ROASTER:
            return _any([_roaster(value, parameters) for value in values])
        case Facet.ROASTER_COUNTRY:
            return _combine("r.country = ANY(", parameters.add(list(values), "text[]"), ")")
    return _combine(_SIMPLE_COLUMNS[facet], " = ANY(", parameters.add(list(values), "text[]"), ")")


def _breach(trait: Trait, parameters: Parameters) -> str:
    if trait.facet is Facet.PROCESS:  # a coffee of several processes has each of them
        return _combine("c.processes && ", parameters.add([trait.value], "text[]"))
    return _has(trait.facet, (trait.value,), parameters)


def _families(values: Iterable[str]) -> list[str]:
    """ "fruity" is every branch of fruit, and fruit that belongs to no branch."""
    return [family for value in values for family in dict.fromkeys((*members(value), value))]


def _overlaps(column: str, said: str, values: Iterable[str], parameters: Parameters) -> str:
    listed = parameters.add(list(values), "text[]")
    return _combine("(CASE WHEN ", said, " = '{}' THEN NULL ELSE ", column, " && ", listed, " END)")


def _note(value: str, parameters: Parameters) -> str:
    """The plain search for the longest word comes first, since it spares most coffees the pattern."""
    longest = max((singular(word) for word in plain(value).split()), key=len, default="")
    stem = parameters.add(longest.removesuffix("y"))
    notes = "lower(array_to_string(c.notes, ';'))"
    within = _combine("strpos(", notes, ", ", stem, ") > 0 AND ", notes, " ~ ", parameters.add(note_pattern(value)))
    return _combine("(CASE WHEN c.notes = '{}' THEN NULL ELSE ", within, " END)")


def note_pattern(note: str) -> str:
    """A pattern that finds the words of a note, in this order, singular or plural, within one note: "fig" in "dried figs"."""
    words = [re.escape(singular(word)) for word in plain(note).split()]
    forms = [word[:-1] + "(y|ies)" if word.endswith("y") else word + "(e?s)?" for word in words]
    return r"[^;]*".join(rf"\m{form}\M" for form in forms)


def _word_in(column: str, value: str, parameters: Parameters) -> str:
    """Whether one of the names contains this one: "kona" is in "north kona", "bourbon" in "red bourbon"."""
    pattern = rf"\m{re.escape(plain(value))}\M"
    return _combine("(CASE WHEN ", column, " = '{}' THEN NULL ELSE array_to_string(", column, ", ';') ~ ", parameters.add(pattern), " END)")


def _process(values: Sequence[str], parameters: Parameters) -> str:
    """Washed or natural or the like is only known where the coffee names one; anaerobic goes with any of them."""
    wanted = parameters.add(list(values), "text[]")
    said = "(CASE WHEN c.processes = '{}' THEN NULL"
    anaerobic = "WHEN 'anaerobic' = ANY(c.processes) AND 'anaerobic' = ANY(" + wanted + ") THEN true"
    only = "WHEN array_remove(c.processes, 'anaerobic') = '{}' THEN (CASE WHEN " + wanted + " = '{anaerobic}' THEN false END)"
    sure = "WHEN array_remove(c.processes, 'anaerobic') <@ " + wanted + " THEN true"
    several = "WHEN c.processes && " + wanted + " THEN NULL ELSE false END)"
    return " ".join((said, anaerobic, only, sure, several))


def _flag(value: str, parameters: Parameters) -> str:
    if value == "blend":
        return "c.blend"
    if value == "single_origin":
        return "(NOT c.blend)"
    has = _combine("(", parameters.add(value), " = ANY(c.flags))")
    return has if value in _ALWAYS_SAID else _combine("(CASE WHEN ", has, " THEN true END)")


def _roaster(value: str, parameters: Parameters) -> str:
    return _combine("(' ' || c.name_key || ' ' LIKE ", parameters.add(f" {plain(value)} %"), ")")


def _within_score(group: Sequence[Trait], parameters: Parameters) -> str:
    ends = [
        _combine("c.score ", "<=" if trait.value == "max" else ">=", " ", parameters.add(trait.amount, "numeric"))
        for trait in group
        if trait.amount is not None
    ]
    return _combine("(", " AND ".join(ends) or "true", ")")


def budget_ends(group: Iterable[Trait], rates: dict[str, Decimal]) -> tuple[float, float]:
    """The lowest and highest price of a budget in US dollars per 100 g; a currency without a rate sets no end."""
    low, high = Decimal(0), Decimal(10**9)
    for trait in group:
        rate = rates.get(trait.currency or "USD")
        if trait.per_100g is None or rate is None:
            continue
        if trait.value == "max":
            high = min(high, trait.per_100g * rate * (1 + ONE_OUNCE_OF_GRACE))
        else:
            low = max(low, trait.per_100g * rate * (1 - ONE_OUNCE_OF_GRACE))
    return float(low), float(high)


def _centre(facet: Facet, values: tuple[str, ...], parameters: Parameters) -> str:
    """How much a coffee is about this, 0 to 1: its first family, its only origin."""
    match facet:
        case Facet.FLAVOUR:
            return _family_centre(_families(values), parameters)
        case Facet.NOTE:
            return _greatest([_note_centre(value, parameters) for value in values])
        case Facet.ORIGIN:
            return "(1.0 / greatest(cardinality(c.origins), 1))"
        case Facet.PROCESS:
            return "(1.0 / greatest(cardinality(c.processes), 1))"
    return ""


def _family_centre(families: list[str], parameters: Parameters) -> str:
    """A coffee's families stand in the order of their weight."""
    listed = parameters.add(families, "text[]")
    steps = [
        _combine("WHEN c.families[", str(place), "] = ANY(", listed, ") THEN ", worth)
        for place, worth in ((1, "1"), (2, "0.7"), (3, "0.5"))
    ]
    return _combine("(CASE ", " ".join(steps), " ELSE 0.3 END)")


def _note_centre(value: str, parameters: Parameters) -> str:
    """Early notes are stronger, and the note by itself is more it than the note within another."""
    first = _combine("(CASE WHEN c.notes[1] ~ ", parameters.add(note_pattern(value)), " THEN 0.5 ELSE 0.2 END)")
    alone = _combine("(CASE WHEN ", parameters.add(plain(value)), " = ANY(c.notes) THEN 0.5 ELSE 0.2 END)")
    return _combine("(", first, " + ", alone, ")")


def _any(conditions: Sequence[str]) -> str:
    return _combine("(", " OR ".join(conditions), ")")


def _greatest(terms: Sequence[str]) -> str:
    used = [term for term in terms if term]
    return _combine("greatest(", ", ".join(used), ")") if len(used) > 1 else (used[0] if used else "")


def _combine(*pieces: str) -> str:
    return "".join(pieces)
