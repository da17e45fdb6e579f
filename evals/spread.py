"""How measured values spread: median, 95th percentile and the greatest."""

import math
import statistics
from collections.abc import Iterable


def spread(values: Iterable[float], *, digits: int = 0) -> dict[str, float | None]:
    """Of no values each is None."""
    rising = sorted(values)
    if not rising:
        return {"median": None, "p95": None, "max": None}
    found = {"median": statistics.median(rising), "p95": rising[math.ceil(0.95 * len(rising)) - 1], "max": rising[-1]}
    return {name: round(value, digits or None) for name, value in found.items()}


def milliseconds(seconds: Iterable[float]) -> dict[str, float | None]:
    return spread(1000 * value for value in seconds)
