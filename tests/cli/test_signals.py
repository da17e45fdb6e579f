"""A request to stop becomes an exception once, and what nohup had ignored stays ignored."""

import os
import signal

import pytest

from coffeebot.cli.signals import Stopped, stopping_on_signals


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_first_signal_stops_and_the_next_do_not_disturb_the_clean_up(signum: signal.Signals) -> None:
    cleaned = False
    before = signal.signal(signum, signal.default_int_handler)  # the tests themselves may run under nohup
    try:
        with pytest.raises(Stopped), stopping_on_signals():
            try:
                os.kill(os.getpid(), signum)
            finally:
                os.kill(os.getpid(), signum)
                cleaned = True
    finally:
        signal.signal(signum, before)
    assert cleaned


def test_a_hang_up_that_nohup_ignores_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopping_on_signals():
            os.kill(os.getpid(), signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with stopping_on_signals():
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before
