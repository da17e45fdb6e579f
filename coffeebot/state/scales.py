"""The scales of the taste card: where the shopper's stroke stands on each, and what they accept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from coffeebot.domain.coffee import RoastLevel
from coffeebot.domain.comparison import SCALES
from coffeebot.domain.taste import Facet, Polarity
from coffeebot.domain.turn import TraitLine
from coffeebot.words import listed, word

STEPS = {**SCALES, Facet.BITTERNESS: ("low", "medium", "high"), Facet.ROAST: tuple(RoastLevel)}
LEFT, LONG, MIDDLE = 4.0, 192.0, 18  # on a sheet of 200 × 34


@dataclass(frozen=True, slots=True)
class Scale:
    """`stroke` places the pen's stroke, `wash` is the path of what the musts leave open; both are "" where nothing was said of it."""

    title: str
    words: str
    stroke: str = ""
    wash: str = ""


def scales(lines: Iterable[TraitLine]) -> list[Scale]:
    """One a facet that comes by degrees, in the order of a cupping form."""
    lines = list(lines)
    return [_scale(facet, [line for line in lines if line.facet == facet and line.value in steps]) for facet, steps in STEPS.items()]


def _scale(facet: Facet, lines: Sequence[TraitLine]) -> Scale:
    steps, title = STEPS[facet], word(f"scale.{facet}")
    wanted = [steps.index(line.value) for line in lines if line.polarity != Polarity.AVOID]
    avoided = [steps.index(line.value) for line in lines if line.polarity == Polarity.AVOID]
    around = wanted or [step for step in range(len(steps)) if step not in avoided]
    if not lines or not around:
        return Scale(title, word("scale.silent"))
    said = listed([word(f"scale.{facet}.{steps[step]}") for step in sorted(set(wanted)) or _ends(avoided, len(steps) - 1)])
    return Scale(
        title,
        said if wanted else word("scale.not", value=said),
        stroke=f"translate({_at(sum(around) / len(around), steps):.0f} {MIDDLE})",
        wash=_wash(_accepted(steps, lines), steps),
    )


def _ends(avoided: Sequence[int], last: int) -> list[int]:
    """What is avoided, without the steps that lie between others and an end: "not dark" says "nor medium-dark"."""
    return [n for n in sorted(set(avoided)) if n in (0, last) or not {n - 1, n + 1} & {0, last} & set(avoided)]


def _accepted(steps: Sequence[str], lines: Sequence[TraitLine]) -> list[int]:
    """The steps that no must and no firm avoidance closes; all of them is no limit, and none is drawn."""
    musts = {line.value for line in lines if line.polarity == Polarity.MUST}
    closed = {line.value for line in lines if line.polarity == Polarity.AVOID and line.strength >= 2}
    left = [n for n, step in enumerate(steps) if step not in closed and (not musts or step in musts)]
    return left if len(left) < len(steps) else []


def _wash(accepted: Sequence[int], steps: Sequence[str]) -> str:
    """A box around each run of steps."""
    runs = [[step for _, step in run] for _, run in groupby(enumerate(accepted), key=lambda pair: pair[1] - pair[0])]
    return "".join(f"M{_at(run[0] - 0.5, steps):.0f} 9H{_at(run[-1] + 0.5, steps):.0f}V27H{_at(run[0] - 0.5, steps):.0f}Z" for run in runs)


def _at(step: float, steps: Sequence[str]) -> float:
    last = len(steps) - 1
    return LEFT + LONG * min(max(step, 0), last) / last
