"""The chat page: conversations, thread and composer, taste card."""

import reflex as rx

from coffeebot.components.announcer import announcer
from coffeebot.components.comparison import comparison, tray
from coffeebot.components.composer import composer
from coffeebot.components.conversation_list import conversation_list
from coffeebot.components.frame import notice, offline, skip_link, top_bar
from coffeebot.components.hello import hello
from coffeebot.components.message_tools import edit_undo
from coffeebot.components.pick_card import Deck
from coffeebot.components.saved_list import saved_list
from coffeebot.components.taste_card import taste_card
from coffeebot.components.thread import earlier, followups, message, reply, waiting
from coffeebot.components.undo import undo_line
from coffeebot.components.words import place, word
from coffeebot.state.compared import Compared
from coffeebot.state.composer import Composer
from coffeebot.state.conversations import Conversations
from coffeebot.state.doubt import Doubt
from coffeebot.state.editing import Editing
from coffeebot.state.hand import Hand
from coffeebot.state.live import Live
from coffeebot.state.message import Message
from coffeebot.state.notice import Notice
from coffeebot.state.place import Place
from coffeebot.state.profile import Profile
from coffeebot.state.refusing import Refusing
from coffeebot.state.saved import Saved
from coffeebot.state.thread import Thread
from coffeebot.state.thumbs import Thumbs
from coffeebot.state.undo import Undo
from coffeebot.state.writing import Writing

TITLE = word("title", name=place("name"))
ON_LOAD = [Thread.load, Conversations.watch, Place.load, Saved.load]
DECK = Deck(
    saved=Saved.ids,
    chosen=Compared.ids,
    full=Compared.full,
    refusing=Refusing.coffee,
    reasons=Refusing.reasons,
    on_more=Composer.choose,
    on_compare=Compared.toggle,
    on_save=Saved.toggle,
    on_refuse=Refusing.open,
    on_reason=Refusing.choose,
    on_relax=Hand.relax,
    on_show=Refusing.show,
)
HAND = {
    "on_strike": Hand.strike,
    "on_pause": Hand.pause,
    "on_rest": Hand.rest,
    "on_relax": Hand.relax,
    "on_edit": Writing.open,
    "on_save": Writing.save,
    "on_write": Writing.toggle,
    "on_about": Writing.about,
    "on_add": Writing.add,
    "on_say": Writing.say,
    "on_ask": Doubt.ask,
}


def chat() -> rx.Component:
    return rx.fragment(
        skip_link(),
        top_bar(count=rx.cond(Profile.blank, Profile.catalogue, Profile.fitting)),
        rx.el.div(
            conversation_list(Conversations, current=Thread.id),
            rx.el.main(
                rx.cond(Thread.id == "", _hello(), _thread()),
                rx.el.div(waiting(), class_name="col"),
                composer(
                    tray(Compared, on_toggle=Compared.toggle, on_show=Compared.show, on_clear=Compared.clear),
                    notice(Notice.text, on_close=Notice.close),
                    offline(),
                    running=Live.running,
                    unsent=Composer.unsent,
                    failures=Composer.failures,
                    on_say=Composer.say,
                    on_stop=Composer.stop,
                ),
                class_name="main",
                id="main",
                tab_index=-1,
                custom_attrs={"data-conversation": Thread.id, "data-ready": Thread.ready},
            ),
            taste_card(
                Profile,
                Writing,
                Doubt,
                talking=Thread.id != "",
                saved=saved_list(Saved.lines, on_remove=Saved.toggle),
                hand=HAND,
            ),
            class_name="chat",
        ),
        comparison(Compared, on_close=Compared.close),
        undo_line(Undo.text, on_undo=Hand.undo, on_close=Undo.close),
        rx.el.div(id="scrim", class_name="scrim", hidden=True),
        announcer(),
        rx.el.p(Thumbs.said, role="status", class_name="vh"),
    )


def _hello() -> rx.Component:
    return hello(shelf=Place.shelf, prices=Place.prices, samples=Place.samples, ready=Thread.ready, on_choose=Composer.choose)


def _thread() -> rx.Component:
    return rx.el.div(
        rx.el.h1(word("conversation"), class_name="vh"),
        rx.cond(Thread.earlier, earlier(on_back=Thread.back), rx.fragment()),
        *[rx.foreach(generation, _keyed) for generation in (Thread.older, Thread.old, Thread.middle, Thread.new)],
        rx.cond(Live.id != "", _reply(), rx.fragment()),
        rx.cond(Live.followups.length() > 0, followups(Live.followups, running=Live.running, on_choose=Composer.choose), rx.fragment()),
        edit_undo(Thread.edited, on_undo=Editing.undo),
        class_name="col thread",
        id="thread",
    )


def _keyed(one: rx.Var[Message]) -> rx.Component:
    """By its id, so that those that come in above leave the others where they are."""
    return _message(one=one, key=one.id)


@rx.memo
def _message(one: rx.Var[Message], rest: rx.RestProp) -> rx.Component:
    """A component of its own in the browser: one that did not change is not drawn again when another comes."""
    return message(one, rest, deck=DECK, editing=Editing, thumbs=Thumbs)


def _reply() -> rx.Component:
    return reply(Live, deck=DECK, thumbs=Thumbs, on_choose=Composer.choose, on_retry=Composer.retry, on_resume=Composer.resume)
