"""Exchange rates and a budget as the parameters that every statement about prices reads."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from coffeebot.domain.coffee import minor_digits

Budget = tuple[float, float]  # dollars per 100 g, the lowest and the highest
ANY_PRICE: Budget = (0.0, 1e9)


def priced(rates: Mapping[str, Decimal], budget: Budget = ANY_PRICE) -> dict[str, Any]:
    """`rates` are dollars for one unit of each currency."""
    return {
        "currencies": list(rates),
        "dollars_per_minor": [float(rate) / 10 ** minor_digits(currency) for currency, rate in rates.items()],
        "lowest": budget[0],
        "highest": budget[1],
    }
