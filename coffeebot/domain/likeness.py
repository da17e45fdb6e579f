"""What makes one coffee like another: wishes that rank for "like the second, but decaf"."""

from collections.abc import Collection

from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Facet, Polarity, Trait

FAMILIES = 3  # of a coffee's flavour families, the leading ones


def likeness(coffee: Candidate, *, without: Collection[Facet]) -> tuple[Trait, ...]:
    """The coffee's own facts as hedged wishes, save the facets that shall be otherwise."""
    told = [
        *((Facet.FLAVOUR, family) for family in coffee.families[:FAMILIES]),
        *((Facet.PROCESS, process) for process in coffee.processes),
        *((Facet.ORIGIN, origin) for origin in coffee.origins[:1]),
        (Facet.ROAST, coffee.roast),
        (Facet.BODY, coffee.body),
        (Facet.ACIDITY, coffee.acidity),
    ]
    return tuple(Trait(facet, value, Polarity.WANT, 1) for facet, value in told if value and facet not in without)
