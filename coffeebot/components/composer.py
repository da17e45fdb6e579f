"""Where the shopper writes. Enter, Escape, growing and what has not arrived yet are in assets/js/composer.js."""

import reflex as rx

from coffeebot.components.icons import icon
from coffeebot.components.words import word

PATIENCE = {"data-running": word("thread.patience"), "data-lost": word("thread.lost")}


def composer(*above: rx.Component, running: rx.Var, unsent: rx.Var, failures: rx.Var, on_say, on_stop) -> rx.Component:
    """The parts of `above` stand right above the field, where a tall message cannot cover them."""
    return rx.el.div(
        rx.el.div(
            _latest(running),
            *above,
            rx.el.form(
                rx.el.label(word("message"), html_for="message", class_name="vh"),
                rx.el.input(type="hidden", name="key", id="key", default_value=""),
                _field(running),
                rx.cond(running, _stop(on_stop), _send()),
                on_submit=on_say,
                reset_on_submit=True,
                class_name="composer",
                id="composer",
                custom_attrs={"data-running": running, "data-unsent": unsent, "data-failures": failures},
            ),
            rx.el.p(id="patience", role="status", class_name="hint", custom_attrs=PATIENCE),
            _keys(),
            class_name="col",
        ),
        class_name="dock",
    )


def _field(running: rx.Var) -> rx.Component:
    return rx.el.textarea(
        id="message",
        name="message",
        rows=1,
        placeholder=rx.cond(running, word("message.running"), word("message.hint")),
        auto_complete="off",
        enter_key_hint="send",
        custom_attrs={"aria-keyshortcuts": "/"},
    )


def _send() -> rx.Component:
    return rx.el.button(icon("arrow-up"), type="submit", class_name="send", aria_label=word("send"), title=word("send"))


def _stop(on_stop) -> rx.Component:
    return rx.el.button(icon("square"), word("stop"), type="button", class_name="stop", on_click=on_stop)


def _latest(running: rx.Var) -> rx.Component:
    words = rx.cond(running, word("latest.live"), word("latest"))
    return rx.el.button(icon("arrow-down"), words, type="button", class_name="btn latest", id="latest", hidden=True)


def _keys() -> rx.Component:
    def keys(*names: str) -> list[rx.Component]:
        return [rx.el.kbd(name) for name in names]

    return rx.el.p(
        rx.el.span(*keys("Enter"), " " + word("keys.enter")),
        rx.el.span(*keys("Shift", "Enter"), " " + word("keys.shift")),
        rx.el.span(*keys("Esc"), " " + word("keys.escape")),
        class_name="hint",
    )
