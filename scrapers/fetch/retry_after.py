"""When a shop wants to be asked again."""

import math
from email.utils import parsedate_to_datetime


def retry_after(header: str | None, *, utc: float) -> float | None:
    """Seconds from now: the header holds them, or a date. None without one that can be read; never below 0."""
    if not header:
        return None
    if header.strip().isdecimal():
        seconds = float(header.strip()[:9])
    else:
        try:
            seconds = parsedate_to_datetime(header).timestamp() - utc
        except (ValueError, TypeError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
