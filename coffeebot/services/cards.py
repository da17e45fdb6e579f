"""Makes the card of a coffee: a `pick` event with its reasons, trade-off, price and link."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from coffeebot.domain.coffee import heights
from coffeebot.domain.flavour import plate_family
from coffeebot.domain.query import Candidate
from coffeebot.domain.reasons import place, reasons
from coffeebot.domain.speech import note, spoken
from coffeebot.domain.taste import Trait
from coffeebot.domain.trade_offs import trade_off
from coffeebot.domain.turn import Pick, Price, UnitPrice

DEFAULT_PLATE = "sweet"


def card(
    coffee: Candidate,
    others: Sequence[Candidate],
    profile: Sequence[Trait],
    *,
    language: str,
    rates: Mapping[str, Decimal],
    said: Sequence[str] = (),
) -> Pick:
    """`others` are the coffees offered beside it, itself included; `said` the trade-offs already used among them."""
    speech = spoken(language)
    family = plate_family(coffee.families[0]) if coffee.families else DEFAULT_PLATE
    return Pick(
        id=coffee.id,
        external_id=coffee.external_id,
        slug=coffee.slug,
        coffee_name=coffee.name,
        roaster=coffee.roaster,
        image=coffee.image or f"/plates/{family}/{coffee.slug}.svg",
        origin=place(coffee, speech),
        process=" / ".join(coffee.processes),
        roast=coffee.roast or "",
        notes=tuple(note(held, speech) for held in coffee.notes[:5]),
        family=family,
        price=_price(coffee),
        price_per_100g=_unit_price(coffee),
        price_seen_at=coffee.seen_at,
        in_stock=coffee.in_stock,
        sample=coffee.sample,
        reasons=reasons(coffee, profile, language=speech, rates=rates),
        trade_off=trade_off(coffee, others, profile, language=speech, said=said),
        altitude_masl=heights(coffee.altitude_min, coffee.altitude_max),
        link=_link(coffee),
    )


def cards(coffees: Sequence[Candidate], profile: Sequence[Trait], *, language: str, rates: Mapping[str, Decimal]) -> tuple[Pick, ...]:
    """The cards of coffees that are offered side by side: what one gives up with each is said of one of them only."""
    made: list[Pick] = []
    for coffee in coffees:
        said = [pick.trade_off for pick in made]
        made.append(card(coffee, coffees, profile, language=language, rates=rates, said=said))
    return tuple(made)


def _price(coffee: Candidate) -> Price | None:
    if coffee.amount_minor is None or coffee.currency is None or coffee.grams is None:
        return None
    return Price(amount_minor=coffee.amount_minor, currency=coffee.currency, grams=float(coffee.grams))


def _unit_price(coffee: Candidate) -> UnitPrice | None:
    if coffee.price_per_100g_minor is None or coffee.currency is None:
        return None
    return UnitPrice(amount_minor=coffee.price_per_100g_minor, currency=coffee.currency)


def _link(coffee: Candidate) -> str | None:
    """The redirect that counts a click; none for an invented coffee, or one without a shop's address."""
    return f"/go/{coffee.offer_id}" if coffee.url and coffee.offer_id and not coffee.sample else None
