"""Everything that anyone may call over the socket. A new name here is a new door: check its arguments inside."""

from typing import Any
from uuid import uuid4

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from coffeebot.coffeebot import app
from coffeebot.state.composer import Composer
from coffeebot.state.hand import Hand
from coffeebot.state.thumbs import Thumbs

OURS = {
    "composer": {"say", "choose", "stop", "retry", "resume"},
    "conversations": {"load", "search", "more", "begin_rename", "keep_name", "rename", "delete", "undelete", "let_go"},
    "editing": {"begin", "cancel", "save", "undo"},
    "hand": {"strike", "count"},
    "live": set(),
    "notice": {"close", "broken"},
    "place": {"load"},
    "profile": set(),
    "thread": {"load", "follow", "back"},
    "thumbs": {"press", "because", "tell"},
}
REFLEX = {
    "state": {"hydrate", "hydrate_and_load", "set_is_hydrated"},
    "frontend_event_exception_state": {"handle_frontend_exception"},
    "update_vars_internal_state": {"update_vars_internal"},
    "on_load_internal_state": {"on_load_internal", "set_is_hydrated"},
    "shared_state_base_internal": set(),
}


def doors() -> dict[str, set[str]]:
    assert app is not None
    found: dict[str, set[str]] = {}
    for name in RegistrationContext.ensure_context().event_handlers:
        *state, handler = name.split(".")
        found.setdefault(state[-1].split("____")[-1], set()).add(handler)
    return found


def test_nothing_else_is_callable() -> None:
    assert {state: handlers - {"setvar"} for state, handlers in doors().items()} == OURS | REFLEX


async def test_setvar_sets_nothing(tab: rx.State) -> None:
    """Reflex gives every state a `setvar`; it works through setters, and there are none."""
    for state in tab.substates.values():
        for name in type(state).base_vars:
            with pytest.raises(AttributeError):
                type(state).setvar.fn(state, name, "x")


@pytest.mark.parametrize("sent", [None, 7, ["x"], {"a": 1}, "", "   "])
async def test_handlers_survive_arguments_of_any_type(tab: rx.State, sent: Any) -> None:
    from_composer = await tab.get_state(Composer)
    assert await Composer.choose.fn(from_composer, sent) is None
    assert await Composer.say.fn(from_composer, sent) is None
    assert await Composer.say.fn(from_composer, {"message": sent}) is None
    assert await Composer.say.fn(from_composer, {"message": sent, "key": sent}) is None
    by_hand = await tab.get_state(Hand)
    await Hand.strike.fn(by_hand, sent)
    thumbs = await tab.get_state(Thumbs)
    await Thumbs.press.fn(thumbs, sent, sent)
    await Thumbs.press.fn(thumbs, str(uuid4()), sent)
    await Thumbs.because.fn(thumbs, sent, sent)
    await Thumbs.tell.fn(thumbs, sent)
    await Thumbs.tell.fn(thumbs, {"answer": sent, "comment": sent})
    assert not thumbs.given
