"""What a trait asks of a coffee, as SQL that answers true, false or, where the coffee does not say, null.

The fragments are written here and nowhere else; whatever a shopper said travels as a bound parameter. They read `c`, a row
of the shelf, whose lists of words are ids: what is asked of a list is asked of each list once, however many coffees have it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from coffeebot.domain.flavour import members
from coffeebot.domain.folding import plain, singular
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.vocabulary import BITTERNESS

ONE_OUNCE_OF_GRACE = Decimal("0.001")  # 12 oz are sold as 340 g as often as 340.19
_WITHIN = """
(CASE
    WHEN c.lowest IS NULL THEN NULL
    WHEN c.currency <> '' AND rate.dollars IS NULL THEN NULL
    WHEN c.currency <> '' AND (c.lowest * rate.dollars > :highest OR c.highest * rate.dollars < :lowest) THEN false
    WHEN c.currency <> '' AND (c.lowest * rate.dollars >= :lowest OR c.highest * rate.dollars <= :highest) THEN true
    ELSE (
        SELECT bool_or(o.amount_minor * rate.dollars * 100 / o.grams::float8 BETWEEN :lowest AND :highest)
        FROM offer AS o JOIN rate USING (currency) WHERE o.coffee_id = c.coffee_id
    )
END)
"""  # some offer lies between the ends, in dollars per 100 g and not rounded: 340 g at exactly the limit are within it
_NEVER_FILTERS = {Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY, Facet.AVOID}
_ADDS_UP = {Facet.FLAVOUR, Facet.NOTE, Facet.FLAG}
_SIMPLE_COLUMNS = {Facet.ACIDITY: "c.acidity", Facet.BODY: "c.body", Facet.SWEETNESS: "c.sweetness", Facet.ROAST: "c.roast"}
# The dearer ones are asked last: AND stops at the first that is false.
_COST = {**dict.fromkeys(_SIMPLE_COLUMNS, 0), Facet.DECAF: 0, Facet.SCORE: 0, Facet.NOTE: 2}
_ALWAYS_SAID = {"espresso", "barrel_aged", "cold_brew"}  # a coffee that is one says so


@dataclass(slots=True)
class Parameters:
    """Values on their way into the statement, each under a name of its own."""

    values: dict[str, Any] = field(default_factory=dict)
    tables: int = 0

    def add(self, value: Any, kind: str = "text") -> str:
        """The value as SQL of this PostgreSQL type."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f"CAST(:{name} AS {kind})"

    def alias(self) -> str:
        """A name that no other table of the statement has."""
        self.tables += 1
        return f"t{self.tables}"


class Worth(NamedTuple):
    """How well a must is met, 0 to 1, as SQL that reads what these joins bring beside `c`."""

    sql: str
    joins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Must:
    """One condition. `traits` are those it came from: alternatives, or both ends of a budget."""

    traits: tuple[Trait, ...]
    sql: str
    worth: Worth | None = None


def musts(traits: Iterable[Trait], parameters: Parameters) -> list[Must]:
    """A condition for every hard trait, alternatives together."""
    hard = [t for t in traits if t.hard and t.facet not in _NEVER_FILTERS]
    wanted = [t for t in hard if t.polarity is not Polarity.AVOID]
    avoided = [t for t in hard if t.polarity is Polarity.AVOID and t.facet not in (Facet.BUDGET, Facet.SCORE)]
    conditions = [_wanted(group, parameters) for group in _groups(wanted)]
    conditions += [Must((t,), _combine("NOT coalesce(", _breach(t, parameters), ", false)")) for t in avoided]
    return sorted(conditions, key=lambda must: max(_COST.get(t.facet, 1) for t in must.traits))


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
        return Must(group, _WITHIN)  # between `budget_ends`; null without a price that compares
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
            return _roaster_country(values, parameters)
        case Facet.BITTERNESS:
            return _has(Facet.ROAST, tuple(level for value in values for level in BITTERNESS[value]), parameters)
    return _any([_combine(_SIMPLE_COLUMNS[facet], " = ", parameters.add(value)) for value in values])


def _breach(trait: Trait, parameters: Parameters) -> str:
    if trait.facet is Facet.PROCESS:  # a coffee of several processes has each of them
        return _combine("c.processes IN ", _lists("words && ", parameters.add([trait.value], "text[]")))
    return _has(trait.facet, (trait.value,), parameters)


def _families(values: Iterable[str]) -> list[str]:
    """ "fruity" is every branch of fruit, and fruit that belongs to no branch."""
    return [family for value in values for family in dict.fromkeys((*members(value), value))]


def _overlaps(column: str, said: str, values: Iterable[str], parameters: Parameters) -> str:
    listed = parameters.add(list(values), "text[]")
    return _known(said, column, _lists("words && ", listed))


def _lists(*condition: str) -> str:
    """The ids of the lists that fulfil a condition."""
    return _combine("(SELECT id FROM word_list WHERE ", *condition, ")")


def _known(said: str, column: str, lists: str) -> str:
    return _combine("(CASE WHEN ", said, " = 0 THEN NULL ELSE ", column, " IN ", lists, " END)")


def _note(value: str, parameters: Parameters) -> str:
    return _known("c.notes", "c.notes", _lists(_worded("joined", value, parameters)))


def _worded(text: str, value: str, parameters: Parameters) -> str:
    """Whether a text has the words of a note. The plain search for the longest comes first, since it spares most texts the pattern."""
    longest = max((singular(word) for word in plain(value).split()), key=len, default="")
    stem = parameters.add("%" + re.sub(r"([\\%_])", r"\\\1", longest.removesuffix("y")) + "%")
    return _combine(text, " LIKE ", stem, " AND ", text, " ~ ", parameters.add(note_pattern(value)))


def note_pattern(note: str) -> str:
    """A pattern that finds the words of a note, in this order, singular or plural, within one note: "fig" in "dried figs"."""
    words = [re.escape(singular(word)) for word in plain(note).split()]
    forms = [word[:-1] + "(y|ies)" if word.endswith("y") else word + "(e?s)?" for word in words]
    return r"[^;]*".join(rf"\m{form}\M" for form in forms)


def _word_in(column: str, value: str, parameters: Parameters) -> str:
    """Whether one of the names contains this one: "kona" is in "north kona", "bourbon" in "red bourbon"."""
    pattern = rf"\m{re.escape(plain(value))}\M"
    return _known(column, column, _lists("joined ~ ", parameters.add(pattern)))


def _process(values: Sequence[str], parameters: Parameters) -> str:
    """Washed or natural or the like is only known where the coffee names one; anaerobic goes with any of them."""
    wanted = parameters.add(list(values), "text[]")
    anaerobic = "(CASE WHEN 'anaerobic' = ANY(words) AND 'anaerobic' = ANY(" + wanted + ") THEN true"
    only = "WHEN array_remove(words, 'anaerobic') = '{}' THEN NULL"
    sure = "WHEN array_remove(words, 'anaerobic') <@ " + wanted + " THEN true END)"  # null where it has others, too
    has = " ".join((anaerobic, only, sure))
    some = "words && (" + wanted + " || '{anaerobic}') AND "
    known = "(CASE WHEN c.processes = 0 THEN NULL WHEN c.processes IN " + _lists(some, has) + " THEN true"
    several = "WHEN c.processes IN " + _lists(some, "(", has, ") IS NULL AND (words && ", wanted, " OR words = '{anaerobic}')")
    return known + " " + several + " THEN NULL ELSE false END)"


def _flag(value: str, parameters: Parameters) -> str:
    if value == "blend":
        return "c.blend"
    if value == "single_origin":
        return "(NOT c.blend)"
    has = _combine("(c.flags IN ", _lists("words && ", parameters.add([value], "text[]")), ")")
    return has if value in _ALWAYS_SAID else _combine("(CASE WHEN ", has, " THEN true END)")


def _roaster(value: str, parameters: Parameters) -> str:
    begins = _combine("name_key || ' ' LIKE ", parameters.add(f"{plain(value)} %"))
    return _combine("(c.coffee_id IN (SELECT id FROM coffee WHERE ", begins, "))")


def _roaster_country(values: Sequence[str], parameters: Parameters) -> str:
    there = _combine("(SELECT id FROM roaster WHERE country = ANY(", parameters.add(list(values), "text[]"), "))")
    unknown = "(SELECT id FROM roaster WHERE country IS NULL)"
    return _combine("(CASE WHEN c.roaster_id IN ", there, " THEN true WHEN c.roaster_id NOT IN ", unknown, " THEN false END)")


def _within_score(group: Sequence[Trait], parameters: Parameters) -> str:
    ends = [
        _combine("c.score::numeric ", "<=" if trait.value == "max" else ">=", " ", parameters.add(trait.amount, "numeric"))
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


def _centre(facet: Facet, values: tuple[str, ...], parameters: Parameters) -> Worth | None:
    """How much a coffee is about this, 0 to 1: its first family, its only origin."""
    match facet:
        case Facet.FLAVOUR:
            return _family_centre(_families(values), parameters)
        case Facet.NOTE:
            return _greatest([_note_centre(value, parameters) for value in values])
        case Facet.ORIGIN | Facet.PROCESS:
            column, also = ("origins", ()) if facet is Facet.ORIGIN else ("processes", ("anaerobic",))
            some = _combine("words && ", parameters.add([*values, *also], "text[]"))
            return _worth(column, "1.0 / cardinality(words)", some, "1", parameters)
    return None


def _worth(column: str, worth: str, condition: str, otherwise: str, parameters: Parameters) -> Worth:
    """What a coffee's list is worth where it fulfils a condition; worked out once for each list."""
    lists = parameters.alias()
    those = _combine("(SELECT id, ", worth, " AS worth FROM word_list WHERE ", condition, ") AS ", lists)
    return Worth(f"coalesce({lists}.worth, {otherwise})", (_combine("LEFT JOIN ", those, f" ON {lists}.id = c.{column}"),))


def _family_centre(families: list[str], parameters: Parameters) -> Worth:
    """A coffee's families stand in the order of their weight."""
    listed = parameters.add(families, "text[]")
    steps = [
        _combine("WHEN words[", str(place), "] = ANY(", listed, ") THEN ", worth) for place, worth in ((1, "1"), (2, "0.7"), (3, "0.5"))
    ]
    return _worth("families", _combine("CASE ", " ".join(steps), " ELSE 0.3 END"), _combine("words && ", listed), "0.3", parameters)


def _note_centre(value: str, parameters: Parameters) -> Worth:
    """Early notes are stronger, and the note by itself is more it than the note within another."""
    first = _combine("CASE WHEN ", _worded("words[1]", value, parameters), " THEN 0.5 ELSE 0.2 END")
    alone = _combine("CASE WHEN ", parameters.add(plain(value)), " = ANY(words) THEN 0.5 ELSE 0.2 END")
    return _worth("notes", _combine(first, " + ", alone), _worded("joined", value, parameters), "0.4", parameters)


def _any(conditions: Sequence[str]) -> str:
    return _combine("(", " OR ".join(conditions), ")")


def _greatest(worths: Sequence[Worth | None]) -> Worth | None:
    used = [worth for worth in worths if worth]
    if len(used) < 2:
        return used[0] if used else None
    return Worth("greatest(" + ", ".join(worth.sql for worth in used) + ")", tuple(join for worth in used for join in worth.joins))


def _combine(*pieces: str) -> str:
    return "".join(pieces)
