"""Citrus: slices, a peeled spiral, a tray of wedges."""

from coffeebot.services.plates.sheet import HALFTONE, Sheet, polar


def slices(s: Sheet) -> None:
    _slice(s, s.jitter(74, 8), s.jitter(122, 8), 78, segments=9, rind=s.inks.first)
    _slice(s, s.jitter(158, 6), s.jitter(52, 6), 44, segments=8, rind=s.inks.second)
    s.path("M150 176C176 156 196 168 204 186C182 196 162 192 150 176Z", s.leaf_green, over=True)


def _slice(s: Sheet, x: float, y: float, r: float, *, segments: int, rind: str) -> None:
    start, flesh = s.between(0, 40), r * 0.8
    s.circle(x, y, r, rind)
    s.circle(x, y, r * 0.88, s.inks.ground, over=False)
    for k in range(segments):
        low, high = start + k * 360 / segments + 4, start + (k + 1) * 360 / segments - 4
        s.path(
            f"M{polar(r * 0.12, (low + high) / 2, x, y)}L{polar(flesh, low, x, y)}"
            f"A{flesh:.1f} {flesh:.1f} 0 0 1 {polar(flesh, high, x, y)}Z",
            s.inks.second if k % 2 else s.inks.first,
        )
    s.circle(x, y, flesh, HALFTONE, over=False)


def peel(s: Sheet) -> None:
    """A whole fruit, half undressed: its peel falls in one curl."""
    x, y = s.jitter(86, 5), s.jitter(78, 5)
    s.circle(x, y, 60, s.inks.first)
    bare = (
        f"M{x - 60:.1f} {y:.1f}A60 60 0 0 0 {x + 60:.1f} {y:.1f}C{x + 24:.1f} {y + 22:.1f} {x - 24:.1f} {y + 22:.1f} {x - 60:.1f} {y:.1f}Z"
    )
    s.path(bare, s.pale)
    s.path(bare, HALFTONE)
    for k in range(-2, 3):
        top, bottom = y + 20 - abs(k) * 6, y + 57 - abs(k)
        s.stroke(f"M{x + k * 20:.1f} {top:.1f}Q{x + k * 14:.1f} {y + 40:.1f} {x + k * 5:.1f} {bottom:.1f}", s.inks.second, width=2.6)
    _curl(s, x, y)
    for _ in range(26):
        s.circle(x + s.between(-44, 44), y + s.between(-44, 13), s.between(0.9, 1.8), s.inks.line, over=False)
    s.leaf(x + 4, y - 58, 52, s.between(52, 74))
    s.leaf(x, y - 58, 36, s.between(-70, -50))
    s.gleam(x, y, 52)


def _curl(s: Sheet, x: float, y: float) -> None:
    swing = s.jitter(0, 8)
    ribbon = (
        f"M{x + 60:.1f} {y:.1f}C{x + 86:.1f} {y + 30:.1f} {x + 66:.1f} {y + 70:.1f} {x + 18 + swing:.1f} {y + 72:.1f}"
        f"C{x - 34:.1f} {y + 74:.1f} {x - 40:.1f} {y + 112:.1f} {x + 6 + swing:.1f} {y + 110:.1f}"
        f"C{x + 50:.1f} {y + 108:.1f} {x + 84:.1f} {y + 104:.1f} {x + 76 + swing:.1f} {y + 140:.1f}"
    )
    s.stroke(ribbon, s.inks.first, width=20)
    s.stroke(ribbon, s.inks.second, width=11)


def wedges(s: Sheet) -> None:
    """Half-moons in rows like tiles on a roof, the whole tray turned a little; one is squeezed dry."""
    dry, down = s.random.choice([6, 7, 11, 12]), s.random.random() < 0.5
    with s.at(100, 100, turn=s.random.choice([-24, -12, 12, 24]), scale=1.08), s.at(-100, -100):
        for row in range(-1, 6):
            for col in range(-1, 4):
                x, y = col * 69 + (row % 2) * 34.5 + 14, row * 40 + 12
                with s.at(x, y, turn=180 if (row % 2 == 0) == down else 0), s.at(0, -15):
                    _half(s, bare=row * 4 + col == dry, light=(col + row // 2) % 2 == 0)
    s.leaf(s.jitter(168, 8), 206, 50, s.between(-40, 10))


def _half(s: Sheet, *, bare: bool, light: bool) -> None:
    rind, flesh = (s.inks.second, s.inks.first) if light else (s.inks.first, s.inks.second)
    s.path("M-30 0A30 30 0 0 0 30 0Z", rind)
    s.path("M-26 0A26 26 0 0 0 26 0Z", s.inks.ground)
    for k in range(4):
        low, high = 94 + k * 43, 94 + k * 43 + 38
        if not bare:
            s.path(f"M{polar(4, (low + high) / 2)}L{polar(23, low)}A23 23 0 0 1 {polar(23, high)}Z", flesh)
        s.stroke(f"M{polar(7, (low + high) / 2)}L{polar(17, (low + high) / 2)}", width=1.2)
    s.path("M-23 0A23 23 0 0 0 23 0Z", HALFTONE)


COMPOSITIONS = (slices, peel, wedges)
