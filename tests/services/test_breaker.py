"""When a provider is left alone, for how long, and who is let through to see whether it is back."""

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.services.breaker import Breaker


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def failing(breaker: Breaker, kind: Failure = Failure.SERVER, *, times: int = 1, retry_after: float | None = None) -> None:
    for _ in range(times):
        assert breaker.enter()
        breaker.leave(ProviderFailed(kind, retry_after=retry_after))


def test_three_failures_in_a_row_open_it_for_half_a_minute(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    failing(breaker, times=2)
    assert breaker.enter()
    breaker.leave(None)  # an answer in between
    failing(breaker, times=3)
    assert breaker.open and not breaker.enter()
    clock.now += 29.9
    assert not breaker.enter()
    clock.now += 0.1
    assert breaker.enter()


def test_one_at_a_time_probes_and_each_that_fails_doubles_the_wait(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    failing(breaker, times=3)
    for wait in (30, 60, 120, 240, 300, 300):
        clock.now += wait - 0.1
        assert not breaker.enter()
        clock.now += 0.1
        assert breaker.enter() and not breaker.enter()
        breaker.leave(ProviderFailed(Failure.TIMEOUT))
    clock.now += 300
    assert breaker.enter()
    breaker.leave(None)
    failing(breaker, times=2)
    assert not breaker.open  # all is forgiven


def test_a_probe_that_was_stopped_before_it_showed_anything_leaves_the_next_one_free(clock: Clock) -> None:
    breaker = Breaker(clock=clock)
    failing(breaker, times=3)
    clock.now += 30
    assert breaker.enter()
    breaker.leave(None, tried=False)
    assert breaker.enter()


@pytest.mark.parametrize(("kind", "wait"), [(Failure.KEY, 300), (Failure.RATE_LIMIT, 7), (Failure.OVERLOADED, 7)])
def test_a_refused_key_and_a_wait_that_was_named_open_it_at_once(clock: Clock, kind: Failure, wait: int) -> None:
    breaker = Breaker(clock=clock)
    failing(breaker, kind, retry_after=None if kind is Failure.KEY else 7)
    clock.now += wait - 0.1
    assert not breaker.enter()
    clock.now += 0.1
    assert breaker.enter()


@pytest.mark.parametrize("kind", [Failure.REFUSED, Failure.CUT_SHORT, Failure.REQUEST])
def test_an_answer_that_was_declined_says_nothing_of_the_service(clock: Clock, kind: Failure) -> None:
    breaker = Breaker(clock=clock)
    failing(breaker, kind, times=20)
    assert breaker.enter()
