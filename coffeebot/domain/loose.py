"""A coffee as a file or a page states it: checked for form, its words not yet understood."""

from dataclasses import dataclass
from decimal import Decimal

from coffeebot.domain.coffee import OfferFacts


@dataclass(frozen=True, slots=True)
class LooseCoffee:
    """What was stated, empty where nothing was.

    `tasting` is prose about the taste of this coffee, `story` prose that may also speak of other coffees, `summary` one
    sentence about this one. `notes` are tasting notes already listed one by one; `places` are origins and regions in any form.
    """

    external_id: str
    name: str
    roaster: str
    roaster_country: str = ""
    tasting: str = ""
    story: str = ""
    summary: str = ""
    places: tuple[str, ...] = ()
    farm: str = ""
    producer: str = ""
    altitude: str = ""
    process: str = ""
    varieties: tuple[str, ...] = ()
    roast: str = ""
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    acidity: str = ""
    body: str = ""
    sweetness: str = ""
    score: Decimal | None = None
    image: str | None = None
    sample: bool = False
    offers: tuple[OfferFacts, ...] = ()

    @property
    def description(self) -> str:
        """All the prose, as a coffee's page shows it."""
        return "\n\n".join(part for part in (self.tasting, self.summary, self.story) if part)
