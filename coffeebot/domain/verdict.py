"""What keeps one coffee out, or behind: the answer to "why not the Kenyan?"."""

from dataclasses import dataclass

from coffeebot.domain.query import Candidate
from coffeebot.domain.ranking import Leaning
from coffeebot.domain.taste import Trait


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken` are the musts that the coffee is known to break, `unknown` those it does not say enough about.

    With neither it fits: then `lacking` is what others have and it has not, and `place` where it stands among all that fit (from 1; 0 when
    further down than anybody looked). `asked` is what was asked for; `coffee` is None when the shelf has nothing of that kind.
    """

    coffee: Candidate | None
    broken: tuple[Trait, ...] = ()
    unknown: tuple[Trait, ...] = ()
    lacking: tuple[Leaning, ...] = ()
    place: int = 0
    asked: tuple[Trait, ...] = ()

    @property
    def fits(self) -> bool:
        return self.coffee is not None and not (self.broken or self.unknown)
