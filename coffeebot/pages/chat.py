"""The chat page: conversations, thread and composer, taste card."""

import reflex as rx

from coffeebot.components.announcer import announcer
from coffeebot.components.composer import composer
from coffeebot.components.conversation_list import conversation_list
from coffeebot.components.frame import notice, offline, skip_link, top_bar
from coffeebot.components.hello import hello
from coffeebot.components.message_tools import edit_undo
from coffeebot.components.taste_card import taste_card
from coffeebot.components.thread import earlier, followups, messages, reply, waiting
from coffeebot.components.words import place, word
from coffeebot.state.composer import Composer
from coffeebot.state.conversations import Conversations
from coffeebot.state.editing import Editing
from coffeebot.state.hand import Hand
from coffeebot.state.live import Live
from coffeebot.state.notice import Notice
from coffeebot.state.place import Place
from coffeebot.state.profile import Profile
from coffeebot.state.thread import Thread
from coffeebot.state.thumbs import Thumbs

TITLE = word("title", name=place("name"))
ON_LOAD = [Thread.load, Conversations.load, Place.load]


def chat() -> rx.Component:
    return rx.fragment(
        skip_link(),
        top_bar(count=rx.cond(Profile.blank, Profile.catalogue, Profile.fitting)),
        rx.el.div(
            conversation_list(Conversations, current=Thread.id),
            rx.el.main(
                rx.cond(Thread.id == "", _hello(), _thread()),
                rx.el.div(waiting(), notice(Notice.text, on_close=Notice.close), offline(), class_name="col"),
                composer(
                    running=Live.running, unsent=Composer.unsent, failures=Composer.failures, on_say=Composer.say, on_stop=Composer.stop
                ),
                class_name="main",
                id="main",
                tab_index=-1,
                custom_attrs={"data-conversation": Thread.id, "data-ready": Thread.ready},
            ),
            taste_card(Profile, on_strike=Hand.strike),
            class_name="chat",
        ),
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
        *[
            messages(generation, editing=Editing, thumbs=Thumbs, running=Live.running)
            for generation in (Thread.older, Thread.old, Thread.middle, Thread.new)
        ],
        rx.cond(Live.id != "", _reply(), rx.fragment()),
        rx.cond(Live.followups.length() > 0, followups(Live.followups, running=Live.running, on_choose=Composer.choose), rx.fragment()),
        edit_undo(Thread.edited, on_undo=Editing.undo),
        class_name="col thread",
        id="thread",
    )


def _reply() -> rx.Component:
    return reply(Live, thumbs=Thumbs, on_choose=Composer.choose, on_retry=Composer.retry, on_resume=Composer.resume)
