"""Fermented: bubbles over a dark must, the rings a glass left, a bunch of grapes."""

from coffeebot.services.plates.sheet import HALFTONE, Sheet


def must(s: Sheet) -> None:
    for k in range(4):
        y, wave = 92 + k * 27 + s.jitter(0, 4), s.between(12, 20) * (1 if k % 2 else -1)
        s.path(
            f"M-4 {y:.0f}C40 {y - wave:.0f} 66 {y + wave:.0f} 104 {y:.0f}S168 {y - wave:.0f} 206 {y:.0f}V206H-4Z",
            s.inks.first if k % 2 else s.inks.second,
            over=True,
        )
    s.path("M-4 146C40 132 66 160 104 146S168 132 206 146V206H-4Z", HALFTONE)
    for k in range(11):
        x, y, r = s.between(14, 186), s.between(14, 150), s.between(3, 15)
        if k % 3 == 0:
            s.circle(x, y, r, s.inks.line)
        else:
            s.ring(x, y, r, s.inks.line if y < 92 else s.inks.ground)
    s.circle(s.jitter(138, 20), 54, 27, s.inks.first)
    s.circle(62, s.jitter(66, 8), 18, s.inks.second)


def rings(s: Sheet) -> None:
    for x, y, r, ink in [(78, 88, 58, s.inks.first), (138, 126, 50, s.inks.second), (60, 158, 34, s.inks.second)]:
        cx = s.jitter(x, 6)
        s.ring(cx, y, r, ink, width=s.between(9, 15), over=True)
        s.ring(cx, y, r + s.between(8, 11), ink, width=1.6, dash=f"{s.between(60, 140):.0f} {s.between(20, 50):.0f}")
    s.circle(80, 88, 40, HALFTONE, over=False)
    for x, y, r, ink in [(152, 44, 17, s.inks.line), (170, 184, 9, s.inks.first), (26, 32, 7, s.inks.first), (182, 72, 5, s.inks.second)]:
        s.circle(s.jitter(x, 6), s.jitter(y, 6), r, ink)


def grapes(s: Sheet) -> None:
    """A bunch on its stalk, with a vine leaf and a tendril."""
    s.stroke("M104 -6C98 14 108 26 100 44", width=4.5)
    with s.at(s.jitter(62, 5), s.jitter(38, 4), turn=s.between(-24, 0)):
        s.path(
            "M0 34C-10 20 -40 26 -44 4C-34 6 -32 0 -38 -14C-22 -8 -18 -16 -16 -32"
            "C-2 -22 4 -22 16 -30C16 -14 22 -8 38 -12C32 2 34 8 44 8C38 28 10 20 0 34Z",
            s.leaf_green,
        )
        s.stroke("M0 32V-14M0 20L-24 -2M0 20L24 0", s.inks.ground, width=1.5, opacity=0.7)
    s.stroke("M108 20C140 0 168 20 154 38C144 50 130 36 142 28", width=2)
    for row, count in enumerate((4, 5, 4, 3, 2, 1)):
        for k in range(count):
            x, y = 104 + (k - (count - 1) / 2) * 31 + s.jitter(0, 2.5), 66 + row * 25.0
            r = s.between(17, 19.5)
            s.ball(x, y, r, s.random.choice([s.inks.first, s.inks.second, s.inks.first]))
    s.path("M104 46C160 46 170 90 150 116C138 150 116 190 104 206Z", HALFTONE)


COMPOSITIONS = (must, rings, grapes)
