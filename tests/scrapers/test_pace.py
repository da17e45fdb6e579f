"""The pause after each request: longer for a slow host, doubled by a refusal, shorter again when all goes well."""

from scrapers.fetch.manners import Manners
from scrapers.fetch.pace import Pace
from tests.fake_shop.clock import FakeClock


async def ask(pace: Pace, clock: FakeClock, *, seconds: float = 0) -> float:
    """How long one request of so many seconds had to wait."""
    before = clock.now()
    async with pace.turn("shop.example"):
        waited = clock.now() - before
        clock.time += seconds
    return waited


async def test_a_slow_host_gets_longer_pauses_and_then_shorter_ones() -> None:
    clock = FakeClock()
    pace = Pace(Manners(), clock)
    assert await ask(pace, clock, seconds=4) == 0
    assert await ask(pace, clock) == 8
    pauses = [await ask(pace, clock) for _ in range(8)]
    assert pauses == sorted(pauses, reverse=True)
    assert pauses[-1] == Manners().least_pause


async def test_a_refusal_doubles_the_pause_up_to_the_longest() -> None:
    clock = FakeClock()
    pace = Pace(Manners(), clock)
    assert [pace.slow_down("shop.example", None) for _ in range(7)] == [3, 6, 12, 24, 48, 60, 60]


async def test_a_time_that_the_host_named_is_kept_and_hosts_have_turns_of_their_own() -> None:
    clock = FakeClock()
    pace = Pace(Manners(), clock)
    assert pace.slow_down("shop.example", 90) == 90
    async with pace.turn("other.example"):
        assert clock.slept == []
    assert await ask(pace, clock) == 90


async def test_jitter_spreads_the_pauses() -> None:
    clock = FakeClock(jitter=1.25)
    pace = Pace(Manners(), clock)
    await ask(pace, clock)
    assert await ask(pace, clock) == 1.25 * Manners().least_pause
