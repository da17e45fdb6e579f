"""Fruit: a stone fruit cut open, berries on a twig, cherries, a bramble, a pomegranate, pear and apple."""

from coffeebot.services.plates.sheet import HALFTONE, Sheet, polar


def cut_stone(s: Sheet) -> None:
    x, y = s.jitter(92, 10), s.jitter(110, 10)
    s.circle(x, y, 78, s.inks.first)
    s.circle(x, y, 70, s.inks.line, over=False)
    s.circle(x, y, 58, s.inks.ground, over=False)
    s.circle(x, y, 58, HALFTONE, over=False)
    for k in range(16):
        s.stroke(f"M{polar(34, k * 22.5, x, y)}L{polar(52, k * 22.5, x, y)}")
    s.seed(x, y, 0.72, s.jitter(0, 30), fill=s.inks.second)
    s.circle(166, s.jitter(42, 8), 34, s.inks.second)
    s.leaf(150, 20, 58, -70)


def twig(s: Sheet) -> None:
    s.stroke("M-6 176C50 150 120 120 206 18", width=2.6)
    for x, y, size in [(44, 126, 25), (84, 168, 29), (104, 92, 28), (150, 128, 32), (146, 44, 22), (186, 78, 20), (26, 186, 20)]:
        r = s.jitter(size, 3)
        s.circle(x, y, r, s.inks.first if r > 26 else s.inks.second)
        s.circle(x, y, r * 0.26, s.inks.line, over=False)
        s.gleam(x, y, r)
    s.circle(150, 128, 32, HALFTONE, over=False)
    for x, y, length, turn in [(112, 118, 62, -58), (60, 150, 46, -20), (170, 60, 50, 78)]:
        s.leaf(x, y, length, turn)


def cherries(s: Sheet) -> None:
    fruits = [(62, 118, 40), (118, 92, 46), (140, 146, 36), (86, 160, 26)]
    top_x, top_y = s.jitter(112, 14), 8 + s.between(-6, 8)
    with s.at(100, 100, turn=s.jitter(0, 16)), s.at(-100, -100):
        for x, y, size in fruits[:3]:
            s.stroke(f"M{x} {y - size + 4}C{x} {y - size - 26} {top_x:.0f} {top_y + 34:.0f} {top_x:.0f} {top_y:.0f}")
        for i, (x, y, size) in enumerate(fruits):
            r = s.jitter(size, 5)
            s.ball(x, y, r, s.inks.second if i % 2 else s.inks.first)
        s.circle(118, 92, 46, HALFTONE, over=False)
        s.leaf(top_x, top_y, 68, s.between(96, 116))


def bramble(s: Sheet) -> None:
    """Two blackberries, drupelet by drupelet, with three leaves."""
    s.stroke("M206 -4C160 20 120 24 92 52M134 26C150 52 150 66 150 84", s.leaf_green, width=3)
    for x, y, length, turn in [(112, 40, 60, -62), (150, 22, 52, 168), (176, 12, 46, -160), (90, 54, 40, -110)]:
        s.leaf(x, y, length, turn + s.jitter(0, 8))
    _berry(s, s.jitter(70, 6), s.jitter(70, 4), rows=(3, 4, 5, 5, 4, 3, 2), size=13.5)
    _berry(s, s.jitter(150, 5), s.jitter(108, 5), rows=(2, 3, 4, 3, 2), size=12)


def _berry(s: Sheet, x: float, y: float, *, rows: tuple[int, ...], size: float) -> None:
    for k in range(6):
        s.leaf(x, y - size * 0.4, size * 1.5, -100 + k * 40)
    for i, count in enumerate(rows):
        for k in range(count):
            cx, cy = x + (k - (count - 1) / 2) * size * 1.5, y + i * size * 1.3 + size * 0.6
            ink = s.random.choice([s.inks.first, s.inks.second, s.inks.second])
            s.ball(cx, cy, size, ink)
    s.circle(x, y + len(rows) * size * 0.65, size * len(rows) * 0.5, HALFTONE, over=False)


def pomegranate(s: Sheet) -> None:
    """A half with its chambers of seeds, and a whole one behind."""
    x, y, start = s.jitter(112, 6), s.jitter(118, 6), s.between(0, 60)
    s.circle(s.jitter(40, 6), s.jitter(44, 6), 50, s.inks.second)
    s.path("M30 0L36 -16L44 -4L52 -18L58 -2L68 -12L62 10Z", s.inks.second)
    s.circle(x, y, 84, s.inks.first)
    s.circle(x, y, 76, s.inks.ground, over=False)
    for chamber in range(6):
        angle = start + chamber * 60
        for r, spread in [(24, (0,)), (42, (-13, 13)), (61, (-19, 0, 19))]:
            for turn in spread:
                with s.at(*_point(polar(r, angle + turn, x, y)), turn=angle + turn + s.jitter(0, 10)):
                    s.path(
                        "M0 10C8 8 9 -4 0 -11C-9 -4 -8 8 0 10Z", s.random.choice([s.inks.first, s.inks.first, s.inks.line, s.inks.second])
                    )
                    s.stroke("M-2.6 2C-3 -2 -2 -4 0 -6", s.inks.ground, width=1.3, opacity=0.7)
    for chamber in range(6):
        s.stroke(f"M{polar(10, start + 30 + chamber * 60, x, y)}L{polar(74, start + 30 + chamber * 60, x, y)}", width=2)
    s.circle(x, y, 76, HALFTONE, over=False)


def _point(pair: str) -> tuple[float, float]:
    x, y = pair.split()
    return float(x), float(y)


def orchard(s: Sheet) -> None:
    """A pear and half an apple."""
    with s.at(s.jitter(70, 5), s.jitter(104, 5), turn=s.between(-16, -4)):
        s.stroke("M2 -74C0 -88 6 -96 14 -102", s.inks.second, width=4)
        s.path(_PEAR, s.inks.line)
        s.path("M0 -76C20 -76 22 -50 28 -30C36 -6 52 8 50 38C48 72 20 84 0 84Z", HALFTONE)
        s.leaf(4, -76, 56, s.between(58, 84))
        s.stroke("M-34 30C-36 14 -26 2 -20 -12", s.pale, width=2.6, opacity=0.8)
    with s.at(s.jitter(142, 5), s.jitter(142, 5), turn=s.between(-12, 18)):
        s.path(_APPLE, s.inks.first, over=True)
        with s.at(0, 1, scale=0.86):
            s.path(_APPLE, s.inks.ground)
            s.path(_APPLE, HALFTONE)
        s.stroke("M0 -34C-26 -24 -24 22 0 34C24 22 26 -24 0 -34", width=1.8)
        for side in (-1, 1):
            with s.at(side * 8, 2, turn=side * 14):
                s.path("M0 -11C6 -4 6 6 0 11C-6 6 -6 -4 0 -11Z", s.inks.second)
        s.stroke("M0 -40C0 -52 4 -60 10 -66", s.inks.second, width=3.4)


_PEAR = "M0 -76C20 -76 22 -50 28 -30C36 -6 52 8 50 38C48 72 20 84 0 84C-20 84 -48 72 -50 38C-52 8 -36 -6 -28 -30C-22 -50 -20 -76 0 -76Z"
_APPLE = "M0 -40C16 -54 56 -52 58 -10C60 28 34 56 16 56C8 56 6 52 0 52C-6 52 -8 56 -16 56C-34 56 -60 28 -58 -10C-56 -52 -16 -54 0 -40Z"

COMPOSITIONS = (cut_stone, twig, cherries, bramble, pomegranate, orchard)
