"""How high a coffee grew."""

import re

_ALTITUDE = re.compile(
    r"(\d[\d,.]{2,5})\s*(?:m|masl|meters?|metres?)?\s*(?:-|–|to|~|〜)?\s*(\d[\d,.]{2,5})?\s*(f(?:ee|oo)?t|ft)?", re.IGNORECASE
)


def altitude(text: str) -> tuple[int, int] | None:
    """ "1,800–2,000 masl" in metres, lowest and highest; feet are converted; None when nothing believable stands there."""
    found = _ALTITUDE.search(text)
    if not found:
        return None
    factor = 0.3048 if found[3] else 1.0
    metres = sorted(round(int(re.sub(r"\D", "", number)) * factor) for number in (found[1], found[2]) if number)
    return (metres[0], metres[-1]) if metres[0] >= 100 and metres[-1] <= 4000 else None
