"""How the fetcher behaves; the operator's settings, handed in."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manners:
    """Seconds and bytes. `contact` is an address or URL where a shop's owner reaches the operator.

    `loopback` lets this machine's own addresses be asked, on any port: for tests only. `polite=False` leaves out the pauses,
    never robots.txt or Retry-After: for measuring.
    """

    contact: str = ""
    loopback: bool = False
    polite: bool = True
    connect_seconds: float = 5
    read_seconds: float = 15
    page_seconds: float = 60  # for a whole answer, so that slow bytes end too
    most_bytes: int = 12 * MIB  # of an answer, decompressed too
    most_redirects: int = 5
    attempts: int = 3
    least_pause: float = 1.5
    most_pause: float = 60
    longest_wait: float = 120  # a Retry-After beyond it is left to the next run
    robots_seconds: float = 24 * 3600

    @property
    def user_agent(self) -> str:
        return f"Coffeebot/0.1 (reads coffee shops' public product lists{'; ' + self.contact if self.contact else ''})"
