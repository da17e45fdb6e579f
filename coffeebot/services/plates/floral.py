"""Flowers: an open bloom, a spray of jasmine, a bed of tulips."""

from coffeebot.services.plates.sheet import HALFTONE, SIZE, Sheet, polar


def bloom(s: Sheet) -> None:
    """Three open heads whose petals overprint."""
    heads = [(s.jitter(82, 10), s.jitter(92, 8), 74, s.random.choice([6, 7, 8])), (s.jitter(150, 8), s.jitter(152, 8), 46, 6)]
    heads.append((160, s.jitter(44, 8), 26, 5))
    for i, (x, y, r, n) in enumerate(heads):
        s.stroke(f"M{x:.0f} {y:.0f}Q{s.jitter(100, 20):.0f} 170 {s.jitter(104, 10):.0f} 214")
        _petals(s, x, y, r, n=n, odd=i)


def _petals(s: Sheet, x: float, y: float, r: float, *, n: int, odd: int) -> None:
    start, width = s.between(0, 40), r * (0.3 if n > 6 else 0.36)
    for k in range(n):
        with s.at(x, y, turn=start + k * 360 / n):
            s.ellipse(0, -r * 0.56, width, r * 0.46, fill=s.inks.first if (k + odd) % 2 else s.inks.second, over=True)
    for k in range(n):
        angle = start + k * 360 / n
        s.stroke(f"M{polar(r * 0.2, angle, x, y)}L{polar(r * 0.5, angle, x, y)}")
    s.circle(x, y, r * 0.14, s.pollen, over=False)
    s.circle(x, y, r * 0.14, HALFTONE, over=False)


def jasmine(s: Sheet) -> None:
    """A twig that crosses the sheet, with stars and buds on it."""
    sway = s.jitter(0, 14)
    points = [(0.12, 172), (0.3, 140), (0.5, 106), (0.7, 70), (0.88, 34)]
    s.stroke(f"M-8 {190 + sway:.0f}C50 {168 - sway:.0f} 110 {110 + sway:.0f} 210 {8 - sway:.0f}", width=2.4)
    for i, (t, y) in enumerate(points):
        x, side = t * SIZE, 1 if i % 2 else -1
        s.leaf(x, y, s.between(44, 58), 45 + side * s.between(58, 84))
        s.leaf(x + 8, y - 8, s.between(26, 34), 45 - side * s.between(60, 80))
    for x, y, r in [(48, 118, 38), (118, 142, 44), (112, 56, 40), (170, 92, 30), (178, 24, 22)]:
        _star(s, s.jitter(x, 6), s.jitter(y, 6), s.jitter(r, 3))
    for x, y, turn in [(28, 62, -30), (72, 34, -12), (172, 160, 120), (66, 186, 150)]:
        _bud(s, s.jitter(x, 6), s.jitter(y, 6), turn + s.jitter(0, 16))


def _star(s: Sheet, x: float, y: float, r: float) -> None:
    start = s.between(0, 72)
    for k in range(5):
        with s.at(x, y, turn=start + k * 72):
            s.path(
                f"M0 0C{r * 0.44:.1f} {-r * 0.24:.1f} {r * 0.36:.1f} {-r * 0.82:.1f} 0 {-r:.1f}"
                f"C{-r * 0.36:.1f} {-r * 0.82:.1f} {-r * 0.44:.1f} {-r * 0.24:.1f} 0 0Z",
                s.inks.second if k % 2 else s.inks.first,
                over=True,
            )
            s.stroke(f"M0 {-r * 0.2:.1f}V{-r * 0.62:.1f}", width=1.3)
    s.circle(x, y, r * 0.15, s.pollen, over=False)


def _bud(s: Sheet, x: float, y: float, turn: float) -> None:
    with s.at(x, y, turn=turn):
        s.stroke("M0 30Q3 14 0 4", width=1.6)
        s.path("M0 6C9 0 8 -14 0 -22C-8 -14 -9 0 0 6Z", s.inks.first, over=True)
        s.path("M0 6C9 0 8 -14 0 -22Z", HALFTONE)


def tulips(s: Sheet) -> None:
    """A bed of cups seen from the side, the front row larger."""
    for row, (count, y, scale) in enumerate([(4, 62, 0.72), (3, 116, 1.0), (3, 178, 1.22)]):
        step = SIZE / count
        for k in range(count):
            x = s.jitter(step * (k + 0.5) + (step / 2 if row == 1 else 0) - (step / 4 if row == 2 else 0), 5)
            _tulip(s, x, s.jitter(y, 7), scale, dark=(k + row) % 2 == 0)


def _tulip(s: Sheet, x: float, y: float, scale: float, *, dark: bool) -> None:
    outer, inner = (s.inks.first, s.inks.second) if dark else (s.inks.second, s.inks.first)
    with s.at(x, y, turn=s.jitter(0, 7), scale=scale):
        s.stroke("M0 26Q5 70 0 130", s.leaf_green, width=2.6)
        s.leaf(1, 96, 62, 24)
        s.path(
            "M-26 -28C-34 14 -16 32 0 32C16 32 34 14 26 -28"
            "C20 -20 12 -12 8 -6C6 -18 4 -28 0 -36C-4 -28 -6 -18 -8 -6C-12 -12 -20 -20 -26 -28Z",
            outer,
        )
        s.path("M0 -36C16 -18 18 14 0 32C-18 14 -16 -18 0 -36Z", inner, over=True)
        s.path("M0 -36C16 -18 18 14 0 32Z", HALFTONE)
        s.stroke("M0 -20V10", width=1.3)


COMPOSITIONS = (bloom, jasmine, tulips)
