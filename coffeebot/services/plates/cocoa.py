"""Cocoa and nuts: a bar, nuts scattered, a pod cut open, hazelnuts, a cup of chocolate."""

from coffeebot.services.plates.sheet import HALFTONE, Sheet


def bar(s: Sheet) -> None:
    """A tablet of chocolate with two almonds on it."""
    with s.at(100, 100, turn=s.random.choice([-14, -9, 9, 14])), s.at(-100, -100):
        for col in range(-1, 5):
            for row in range(-1, 5):
                _square(s, col * 52 - 4, row * 52 - 4, dark=(col + row) % 2 == 0)
    for x, y, scale in [(s.jitter(70, 16), s.jitter(78, 12), 1.15), (s.jitter(140, 10), s.jitter(142, 10), 0.9)]:
        s.seed(x, y, scale, s.jitter(0, 50), fill=s.nut)


def _square(s: Sheet, x: float, y: float, *, dark: bool) -> None:
    s.rect(x, y, 47, 47, fill=s.inks.first if dark else s.inks.second, radius=3)
    s.path(f"M{x} {y + 47}L{x + 9} {y + 38}H{x + 38}V{y + 9}L{x + 47} {y}V{y + 47}Z", s.inks.line, opacity=0.35)
    if s.random.random() < 0.4:
        s.rect(x + 9, y + 9, 29, 29, fill=HALFTONE)


def nuts(s: Sheet) -> None:
    """Kernels scattered over the table, never twice in the same order."""
    kernels = [(54, 58, 1.1, 24), (128, 46, 0.96, -38), (176, 108, 1.05, 12), (104, 118, 1.2, -16), (40, 146, 1, 58)]
    kernels += [(128, 186, 1.05, 84), (190, 190, 0.9, -20), (-2, 88, 0.8, -20), (196, 24, 0.8, 40), (4, 4, 0.8, 30), (46, 204, 0.8, -50)]
    inks = [s.inks.first] * 4 + [s.inks.second] * 4 + [s.nut] * 3
    s.random.shuffle(inks)
    with s.at(100, 100, turn=s.random.choice([0, 90, 180, 270])), s.at(-100, -100):
        for (x, y, scale, turn), ink in zip(kernels, inks, strict=True):
            s.seed(s.jitter(x, 5), s.jitter(y, 5), s.jitter(scale, 0.06), turn + s.jitter(0, 26), fill=ink)
        for x, y in [(84, 22), (80, 170), (162, 150)]:
            s.circle(x, y, 11, s.inks.line)
            s.circle(x - 3, y - 3, 3, s.inks.second, over=False)


def hazelnuts(s: Sheet) -> None:
    """Three hazelnuts on a sprig, their husks still on."""
    s.stroke("M-6 40C50 20 120 30 206 -4", width=3)
    s.stroke("M58 84Q66 50 56 27M142 70Q150 40 142 17M114 130Q120 70 106 24", width=2.2)
    for x, y, length, turn in [(30, 27, 58, 166), (172, 6, 62, 190), (84, 24, 42, 182)]:
        s.leaf(x, y, length, turn + s.jitter(0, 12))
    for x, y, scale, turn in [(62, 108, 1.0, -14), (140, 98, 0.88, 16), (112, 164, 1.12, 4)]:
        _hazelnut(s, s.jitter(x, 5), s.jitter(y, 5), scale, turn + s.jitter(0, 10))


def _hazelnut(s: Sheet, x: float, y: float, scale: float, turn: float) -> None:
    light = s.random.random() < 0.5
    with s.at(x, y, turn=turn, scale=scale):
        s.path("M-36 -6C-38 26 -14 44 0 48C14 44 38 26 36 -6Z", s.inks.second if light else s.inks.first)
        s.path("M0 -6V48C14 44 38 26 36 -6Z", HALFTONE)
        for dx in (-20, 0, 20):
            s.stroke(f"M{dx} 2Q{dx * 0.9:.0f} 26 {dx * 0.35:.0f} 40", width=1.4, opacity=0.8)
        s.path(
            "M-40 0C-40 -34 -18 -44 0 -44C18 -44 40 -34 40 0"
            "C34 -8 28 -8 24 2C18 -8 12 -8 8 4C4 -6 -4 -6 -8 4C-12 -8 -18 -8 -24 2C-28 -8 -34 -8 -40 0Z",
            s.nut,
        )
        s.stroke("M0 -44V-56M-14 -34Q-20 -24 -22 -12M14 -34Q20 -24 22 -12M0 -38V-12", width=1.5)


def cup(s: Sheet) -> None:
    """A cup of chocolate from above, cream turning in it, two squares beside the saucer."""
    x, y = s.jitter(104, 6), s.jitter(104, 6)
    s.circle(x, y, 92, s.nut)
    s.circle(x, y, 92, HALFTONE, over=False)
    s.circle(x, y, 70, s.pale, over=False)
    with s.at(x, y, turn=s.random.choice([35, 60, 120, 150])):
        s.stroke("M66 -12C104 -22 104 24 66 13", s.pale, width=11)
    s.circle(x, y, 61, s.inks.first, over=False)
    start = s.between(0, 360)
    with s.at(x, y, turn=start):
        s.stroke("M0 0C12 -10 24 2 16 16C4 34 -28 24 -30 -2C-32 -36 10 -50 34 -34", s.inks.second, width=8)
        s.stroke("M0 0C12 -10 24 2 16 16C4 34 -28 24 -30 -2C-32 -36 10 -50 34 -34", s.pale, width=2.4)
    s.gleam(x, y, 78)
    for cx, cy in [(18, 176), (44, 190)]:
        with s.at(s.jitter(cx, 4), s.jitter(cy, 4), turn=s.between(-30, 30), scale=0.66), s.at(-23, -23):
            _square(s, 0, 0, dark=cx == 18)


def pod(s: Sheet) -> None:
    """A cocoa pod, halved, with its two rows of beans; the other half stands behind."""
    s.leaf(12, 206, 74, s.between(20, 40))
    s.leaf(34, 212, 54, s.between(48, 66))
    with s.at(s.jitter(58, 6), s.jitter(74, 6), turn=s.between(-46, -34), scale=0.92):
        s.path(_HUSK, s.inks.second, over=True)
        for x in (-26, -9, 9, 26):
            s.stroke(f"M0 -86Q{x * 1.7:.0f} 0 0 84", width=1.8)
        s.path("M0 -92C40 -64 54 40 0 90Z", HALFTONE)
    with s.at(s.jitter(120, 5), s.jitter(118, 5), turn=s.between(24, 38), scale=1.08):
        s.path(_HUSK, s.inks.first)
        with s.at(0, 0, scale=0.84):
            s.path(_HUSK, s.inks.ground)
            s.path(_HUSK, HALFTONE)
        for row in range(5):
            for side in (-1, 1):
                _bean(s, side * (13 - abs(row - 2) * 2), (row - 2) * 26 + side * 3, side * 62)


_HUSK = "M0 -92C40 -64 54 40 0 90C-54 40 -40 -64 0 -92Z"


def _bean(s: Sheet, x: float, y: float, turn: float) -> None:
    with s.at(x, y, turn=turn + s.jitter(0, 12)):
        s.ellipse(0, 0, 9.5, 13.5, fill=s.random.choice([s.inks.second, s.nut, s.inks.second]))
        s.stroke("M-3 -7Q-6 0 -3 7", width=1.4)


COMPOSITIONS = (bar, nuts, pod, hazelnuts, cup)
