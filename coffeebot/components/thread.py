"""What was said: slips of the shopper, prose and cards of the barista, and the reply in hand."""

import reflex as rx

from coffeebot.components.button import button
from coffeebot.components.icons import icon
from coffeebot.components.message_tools import edit_form, tools
from coffeebot.components.pick_card import Deck, picks
from coffeebot.components.prose import draft, prose
from coffeebot.components.reply_tools import reply_tools, retry_tool
from coffeebot.components.words import word


def message(one: rx.Var, rest: rx.RestProp, *, deck: Deck, editing, thumbs) -> rx.Component:
    """`editing` has the id of the message in hand, and the handlers begin, save and cancel; `thumbs` what was thought of answers.

    `rest` are further props of the whole.
    """
    return rx.el.article(
        rest,
        rx.cond(one.mine, _slip(one, editing), _answer(one, deck, thumbs)),
        class_name=rx.cond(one.mine, "me", "bot"),
        tab_index=-1,
        custom_attrs={"data-id": one.id},
    )


def earlier(*, on_back) -> rx.Component:
    """assets/js/scroll.js keeps the reader's place when the earlier ones come in above it."""
    return rx.el.div(button(word("thread.earlier"), icon_name="history", id="earlier", on_click=on_back), class_name="earlier")


def waiting() -> rx.Component:
    """A message that has not arrived yet; assets/js/composer.js shows it."""
    line = rx.el.p(icon("clock"), word("thread.waiting"), class_name="stage")
    return rx.el.div(rx.el.p(class_name="unsent"), line, class_name="waiting", id="waiting", hidden=True)


def reply(live, *, deck: Deck, thumbs, on_choose, on_retry, on_resume) -> rx.Component:
    """The latest reply. `live` has the vars of a reply in hand; a screen reader hears it when it is no longer busy."""
    over = ~live.running & (live.first.length() > 0)
    return rx.el.article(
        rx.el.h2(word("barista"), class_name="vh"),
        _stage(live),
        *[prose(page) for page in (live.first, live.second, live.third, live.rest)],
        draft(live.kind, live.done, live.head, live.tail, live.mark),
        picks(live.picks, live.behind, deck),
        _note(live.note, _resume(live.resumable, on_resume), _retry(live.resumable, on_retry)),
        rx.cond(live.question != "", question(live, on_choose=on_choose), rx.fragment()),
        _by(live.by),
        rx.cond(over, reply_tools(live.id, thumbs, rx.cond(live.note == "", retry_tool(on_retry), rx.fragment())), rx.fragment()),
        class_name="bot",
        id="reply",
        tab_index=-1,
        custom_attrs={"aria-busy": live.running, "data-id": live.id},
    )


def question(live, *, on_choose) -> rx.Component:
    """The count first, then the question, answered with one touch of the pen."""
    return rx.el.div(
        rx.el.p(rx.el.b(live.count_line), " ", live.question),
        rx.el.div(
            rx.foreach(live.answers, lambda answer: _answer_chip(answer, on_choose, live.running)),
            class_name="chips",
            role="group",
            aria_label=live.question,
        ),
        class_name="ask",
    )


def followups(texts: rx.Var, *, running: rx.Var, on_choose) -> rx.Component:
    chips = rx.foreach(
        texts, lambda text: rx.el.button(text, type="button", class_name="chip", aria_disabled=running, on_click=on_choose(text))
    )
    return rx.el.div(chips, class_name="follow", role="group", aria_label=word("followups"))


def _answer_chip(answer: rx.Var, on_choose, running: rx.Var) -> rx.Component:
    count = rx.cond(answer.left > 0, rx.el.span(answer.left, class_name="n"), rx.fragment())
    return rx.el.button(answer.text, count, type="button", class_name="chip pen", aria_disabled=running, on_click=on_choose(answer.text))


def _slip(message: rx.Var, editing) -> rx.Component:
    said = rx.fragment(rx.el.p(message.text, class_name="slip"), tools(message, on_edit=editing.begin))
    form = edit_form(message, on_save=editing.save, on_cancel=editing.cancel)
    return rx.fragment(rx.el.h2(word("you"), class_name="vh"), rx.cond(message.id == editing.id, form, said))


def _answer(message: rx.Var, deck: Deck, thumbs) -> rx.Component:
    return rx.fragment(
        rx.el.h2(word("barista"), class_name="vh"),
        prose(message.blocks),
        picks(message.picks, message.behind, deck),
        _note(message.note),
        rx.cond(message.asked != "", rx.el.p(message.asked, class_name="asked"), rx.fragment()),
        _by(message.by),
        reply_tools(message.id, thumbs),
    )


def _stage(live) -> rx.Component:
    """Before the first word: what is going on, shown after a second; then what was read."""
    reading = rx.cond(live.count > 0, word("stage.reading.count", count=live.count), word("stage.reading"))
    silent = (live.first.length() == 0) & (live.kind == "")
    waiting = rx.fragment(rx.el.p(icon("layers"), reading, class_name="stage wait"), _skeleton())
    read = rx.el.p(icon("layers"), word("stage.read", count=live.count), class_name="stage")
    return rx.cond(silent & live.running, waiting, rx.cond(live.count > 0, read, rx.fragment()))


def _skeleton() -> rx.Component:
    lines = rx.el.div(*[rx.el.i(custom_attrs={"data-line": n}) for n in range(5)], class_name="pb")
    return rx.el.div(rx.el.div(class_name="pa"), lines, class_name="pick sk wait", aria_hidden="true")


def _note(note: rx.Var, *children) -> rx.Component:
    line = rx.el.div(icon("circle-pause"), rx.el.div(rx.el.span(note, class_name="dim"), *children, class_name="row w"), class_name="note")
    return rx.cond(note != "", line, rx.fragment())


def _resume(possible: rx.Var, on_resume) -> rx.Component:
    return rx.cond(possible, button(word("resume"), icon_name="play", cls="pri", on_click=on_resume), rx.fragment())


def _retry(second: rx.Var, on_retry) -> rx.Component:
    """The first choice, unless the answer can go on."""
    return button(word("retry"), icon_name="refresh-cw", cls=rx.cond(second, "", "pri"), on_click=on_retry)


def _by(who: rx.Var) -> rx.Component:
    return rx.cond(who != "", rx.el.p(who, class_name="by"), rx.fragment())
