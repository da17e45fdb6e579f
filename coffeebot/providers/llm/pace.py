"""How often those who speak are listened to: words gather meanwhile, and are taken in hand together."""

from dataclasses import dataclass

SHORTEST = 0.05  # seconds: half of what a page waits between two updates
UPDATES_A_SECOND = 1200.0  # to all pages together: with more replies at once than that allows, each is heard less often


@dataclass(slots=True)
class Pace:
    """`speaking` is how many replies are under way in this process."""

    speaking: int = 0

    @property
    def pause(self) -> float:
        """Seconds between two looks at what one reply has come to."""
        return max(SHORTEST, self.speaking / UPDATES_A_SECOND)
