"""Everything that anyone may call over the socket. A new name here is a new door: check its arguments inside."""

from typing import Any
from uuid import uuid4

import pytest
import reflex as rx
from reflex_base.registry import RegistrationContext

from coffeebot.coffeebot import app
from coffeebot.state.compared import Compared
from coffeebot.state.composer import Composer
from coffeebot.state.doubt import Doubt
from coffeebot.state.hand import Hand
from coffeebot.state.profile import Profile
from coffeebot.state.refusing import Refusing
from coffeebot.state.saved import Saved
from coffeebot.state.thumbs import Thumbs
from coffeebot.state.writing import Writing
from coffeebot.wiring import Services
from tests.tabs import new_tab

OURS = {
    "composer": {"say", "choose", "stop", "retry", "resume"},
    "compared": {"toggle", "show", "close", "clear"},
    "conversations": {"watch", "search", "more", "begin_rename", "keep_name", "rename", "delete", "undelete", "let_go"},
    "doubt": {"ask"},
    "editing": {"begin", "cancel", "save", "undo"},
    "hand": {"strike", "pause", "rest", "relax", "undo", "settle"},
    "live": set(),
    "notice": {"close", "broken"},
    "place": {"load"},
    "profile": set(),
    "refusing": {"open", "choose", "show"},
    "saved": {"load", "toggle"},
    "thread": {"load", "rest", "follow", "back"},
    "thumbs": {"press", "because", "tell"},
    "undo": {"close"},
    "writing": {"open", "save", "toggle", "about", "add", "say"},
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
    thumbs = await tab.get_state(Thumbs)
    await Thumbs.press.fn(thumbs, sent, sent)
    await Thumbs.press.fn(thumbs, str(uuid4()), sent)
    await Thumbs.because.fn(thumbs, sent, sent)
    await Thumbs.tell.fn(thumbs, sent)
    await Thumbs.tell.fn(thumbs, {"answer": sent, "comment": sent})
    assert not thumbs.given
    assert await Hand.strike.fn(by_hand, sent) is None
    assert await Hand.undo.fn(by_hand) is None
    await Hand.settle.fn(by_hand)


@pytest.mark.parametrize(
    "sent", [None, 7, ["x"], {"a": 1}, {"value": ["x"], "name": 3, "strength": "9", "polarity": {}}, "", "x" * 100_000]
)
async def test_the_card_survives_arguments_of_any_type(starter_services: Services, sent: Any) -> None:
    """Over the real services: nothing is written, and whoever sent it is told."""
    tab = new_tab(uuid4())
    writing, refusing, compared = await tab.get_state(Writing), await tab.get_state(Refusing), await tab.get_state(Compared)
    saved, doubt, profile = await tab.get_state(Saved), await tab.get_state(Doubt), await tab.get_state(Profile)
    for handler in (Writing.open, Writing.about, Writing.save, Writing.add, Writing.say):
        assert await handler.fn(writing, sent) is None
    by_hand = await tab.get_state(Hand)
    for handler in (Hand.strike, Hand.pause, Hand.relax):
        assert await handler.fn(by_hand, sent) is None
    for handler in (Refusing.open, Refusing.choose, Refusing.show):
        assert await handler.fn(refusing, sent) is None
    await Compared.toggle.fn(compared, sent)
    await Saved.toggle.fn(saved, sent)
    await Doubt.ask.fn(doubt, sent)
    assert profile.blank and not compared.chosen and not saved.ids and not refusing.coffee and writing.problem
    assert doubt.told and not doubt.ways
    assert writing.facet == "flavour" and not writing.editing
