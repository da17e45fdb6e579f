"""What a shopper may write on the taste card by hand: facets, the values of each, and a value read from what was typed."""

from collections.abc import Mapping
from functools import lru_cache

from coffeebot.domain.coffee import Process, RoastLevel
from coffeebot.domain.errors import BadInput
from coffeebot.domain.flavour import NAMES, canonical_note, families_of, japanese_names
from coffeebot.domain.folding import plain
from coffeebot.domain.labels import label
from coffeebot.domain.money import find_budgets
from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.domain.untrusted import typed
from coffeebot.domain.vocabulary import entries
from coffeebot.domain.words import table

FACETS = (
    Facet.FLAVOUR, Facet.NOTE, Facet.ORIGIN, Facet.PROCESS, Facet.ROAST, Facet.BUDGET, Facet.BREW_METHOD, Facet.MILK, Facet.BODY,
    Facet.ACIDITY, Facet.SWEETNESS, Facet.BITTERNESS, Facet.VARIETY, Facet.DECAF, Facet.FLAG, Facet.NOVELTY,
)  # fmt: skip
LIMITS = (Facet.BUDGET, Facet.SCORE)  # musts or nothing: cheaper is not better
BREWING = (Facet.BREW_METHOD, Facet.MILK, Facet.NOVELTY)  # these only ever rank
NOTES = 400  # as many as a list that narrows while one types can hold
LONGEST = 80  # characters of a value


def facet_of(text: object) -> Facet:
    """Raises BadInput for anything that a shopper cannot write about."""
    if text in FACETS:
        return Facet(str(text))
    raise BadInput("Choose what the line is about: that is none of the choices.")


@lru_cache(maxsize=64)
def choices(facet: Facet, language: str = "en") -> Mapping[str, str]:
    """Values by their label, as a list offers them; empty for a budget, whose amount is typed."""
    found = {named(Trait(facet, value), language): value for value in _values(facet)}
    return dict(sorted(found.items(), key=lambda item: plain(item[0]))) if facet in (Facet.ORIGIN, Facet.NOTE, Facet.VARIETY) else found


def written(facet: Facet, text: object, *, language: str = "en", currency: str = "USD") -> Trait:
    """The line that was typed, as a wish of usual strength. Raises BadInput when the value is not known."""
    said = typed(text)
    if not said or len(said) > LONGEST:
        raise BadInput("Write a value of at most {most} characters.", most=LONGEST)
    if facet is Facet.BUDGET:
        return _budget(said, currency)
    value = _value(facet, said, language)
    if value is None:
        raise BadInput("I do not know “{value}” here. Choose one from the list, or say it in a sentence below.", value=said)
    return Trait(facet, value, Polarity.WANT if facet in BREWING else Polarity.MUST, 1 if facet in BREWING else 2, source=Source.SHOPPER)


def _value(facet: Facet, said: str, language: str) -> str | None:
    for tongue in (language, "en"):
        for name, value in choices(facet, tongue).items():
            if plain(said) in (plain(name), plain(value)):
                return value
    if facet is Facet.NOTE and families_of(note := canonical_note(said)):
        return note
    return None


def _budget(said: str, currency: str) -> Trait:
    found = find_budgets(said, currency=currency, bare=True)
    if not found or (amount := found[0].most or found[0].least) is None:
        raise BadInput("Write an amount of money, such as “$18 a bag” or “¥1,600 per 200 g”.")
    end = "max" if found[0].most else "min"
    return Trait(Facet.BUDGET, end, source=Source.SHOPPER, amount=amount, currency=found[0].currency, grams=found[0].grams)


def named(trait: Trait, language: str = "en") -> str:
    """A line's value as the list offers it: "Ethiopia" of "Not from Ethiopia"; of a limit the whole line."""
    if trait.facet in LIMITS:
        return label(trait, language=language)
    words = label(Trait(trait.facet, trait.value), language=language)
    return words.removeprefix("From ").removeprefix("the ") if trait.facet is Facet.ORIGIN and language != "ja" else words


def _values(facet: Facet) -> tuple[str, ...]:
    match facet:
        case Facet.FLAVOUR:
            return tuple(NAMES["en"])
        case Facet.NOTE:
            return tuple(japanese_names())[:NOTES]
        case Facet.ORIGIN:
            return tuple(table("countries")["growing"])
        case Facet.PROCESS:
            return tuple(process.value for process in Process)
        case Facet.ROAST:
            return tuple(level.value for level in RoastLevel)
        case Facet.DECAF:
            return ("decaf",)
    return tuple(dict.fromkeys(word.value for _, word in entries() if word.topic.value == facet.value and word.value != "decaf"))
