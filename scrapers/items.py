"""One thing that a shop sells, as its page states it: no word understood yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

MOST_TEXT = 40_000  # characters of a description that are read
MOST_VARIANTS = 300
MOST_TITLE = 300  # characters


@dataclass(frozen=True, slots=True)
class RawVariant:
    """One line of the shop's price list. `price` in major units; None where the page states none."""

    title: str
    price: Decimal | None = None
    currency: str | None = None
    in_stock: bool = True
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RawItem:
    """`text` is plain text in lines; `stated` holds what the page states by field (see normaliser.labels.FIELDS).

    `refused` is a refusal's code when the spider knows already that this is no coffee.
    """

    external_id: str
    title: str
    url: str | None = None
    text: str = ""
    kind: str = ""
    vendor: str = ""
    tags: tuple[str, ...] = ()
    image: str | None = None
    stated: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    variants: tuple[RawVariant, ...] = ()
    refused: str | None = None
