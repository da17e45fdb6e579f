"""Sweet things: a honeycomb, poured caramel, a stack of sugar cubes."""

from itertools import pairwise

from coffeebot.services.plates.sheet import HALFTONE, Sheet, polar


def honeycomb(s: Sheet) -> None:
    r, shift = 30.0, s.jitter(0, 10)
    for row in range(-1, 5):
        for col in range(-1, 5):
            _cell(s, col * r * 1.75 + (row % 2) * r * 0.875 + 8 + shift, row * r * 1.52 + 6, r * 0.94)
    x = 60 + s.between(0, 60)
    drip = (
        f"M{x - 34:.0f} 0H{x + 62:.0f}C{x + 58:.0f} 22 {x + 48:.0f} 26 {x + 40:.0f} 24C{x + 30:.0f} 22 {x + 30:.0f} 40 {x + 26:.0f} 96"
        f"C{x + 24:.0f} 112 {x + 4:.0f} 112 {x + 2:.0f} 96C{x:.0f} 60 {x:.0f} 34 {x - 10:.0f} 30"
        f"C{x - 22:.0f} 27 {x - 30:.0f} 20 {x - 34:.0f} 0Z"
    )
    s.path(drip, s.inks.first, over=True)
    if s.theme == "dark":
        s.stroke(drip, s.inks.ground, width=2)
    s.stroke(f"M{x + 10:.0f} 40V90", s.pale, width=2.4, opacity=0.7)


def _cell(s: Sheet, x: float, y: float, r: float) -> None:
    outline, chance = "M" + "L".join(polar(r, k * 60, x, y) for k in range(6)) + "Z", s.random.random()
    if chance >= 0.7:
        s.stroke(outline, width=1.3)
        return
    s.path(outline, s.inks.first if chance < 0.34 else s.inks.second, over=True)
    if 0.2 < chance < 0.34:
        s.path(outline, HALFTONE)


def caramel(s: Sheet) -> None:
    """Four pours, each over the last, running down at different speeds."""
    for k in reversed(range(4)):
        ink = s.inks.second if k % 2 else s.inks.first
        pour = _pour(s, 44 + k * 44, k)
        s.path(pour, ink)
        if k == 1:
            s.path(pour, HALFTONE)
    for x, y in [(60, 30), (150, 22), (112, 70)]:
        s.stroke(f"M{s.jitter(x, 6):.0f} {y}q4 -7 9 0", s.pale, width=2.4)


def _pour(s: Sheet, y: float, k: int) -> str:
    edge = [206, 172, 138, 104, 70, 36, -4]
    data = f"M-4 -16H206V{y:.0f}"
    for i, (right, left) in enumerate(pairwise(edge)):
        sag = s.between(2, 34) if (i + k) % 2 else -s.between(2, 10)
        data += f"C{right - 8} {y + sag:.0f} {left + 8} {y + sag:.0f} {left} {y:.0f}"
    return data + "Z"


def cubes(s: Sheet) -> None:
    """Sugar cubes, stacked in isometric rows."""
    side, shift = 38.0, s.jitter(0, 12)
    wide, high = side * 0.866, side * 0.5
    for row in range(-1, 6):
        for col in range(-1, 5):
            x, y = col * wide * 2 + (row % 2) * wide + shift, row * side * 1.5 + 8
            if s.random.random() < 0.94:
                _cube(s, x, y, wide=wide * 0.94, high=high * 0.94, side=side * 0.94)


def _cube(s: Sheet, x: float, y: float, *, wide: float, high: float, side: float) -> None:
    brown = s.random.random() < 0.3
    top = f"M{x:.1f} {y - side:.1f}l{wide:.1f} {high:.1f}l{-wide:.1f} {high:.1f}l{-wide:.1f} {-high:.1f}Z"
    left = f"M{x - wide:.1f} {y - side + high:.1f}l{wide:.1f} {high:.1f}v{side:.1f}l{-wide:.1f} {-high:.1f}Z"
    right = f"M{x + wide:.1f} {y - side + high:.1f}l{-wide:.1f} {high:.1f}v{side:.1f}l{wide:.1f} {-high:.1f}Z"
    s.path(top, s.inks.second if brown else s.pale)
    s.path(left, s.inks.first if brown else s.inks.second)
    s.path(right, s.inks.first)
    s.path(right, HALFTONE)
    if brown:
        s.path(right, s.inks.line, opacity=0.35)
    s.stroke(top, width=0.9)


COMPOSITIONS = (honeycomb, caramel, cubes)
