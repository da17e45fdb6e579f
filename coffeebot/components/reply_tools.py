"""What one may do with an answer: copy it, judge it and say why, have it tried again."""

import reflex as rx

from coffeebot.components.button import button, icon_button
from coffeebot.components.icons import icon
from coffeebot.components.words import word
from coffeebot.domain.opinion import COMMENT_CHARS, REASONS


def copy_button() -> rx.Component:
    """assets/js/copy.js takes the text from the message that the button stands in."""
    drawn = rx.fragment(icon("copy", "ic off"), icon("check", "ic on"))
    return icon_button(drawn, word("thread.copy"), "copy", custom_attrs={"data-copy": ""})


def reply_tools(answer: rx.Var, thumbs, *more: rx.Component) -> rx.Component:
    """Under the answer with that id. `thumbs` has the vars and handlers of the thumbs, `more` are further buttons."""
    thumb = thumbs.given[answer]
    return rx.el.div(
        rx.el.div(
            copy_button(),
            *[_thumb(verdict, answer, thumb, thumbs) for verdict in REASONS],
            *more,
            class_name="acts",
            role="group",
            aria_label=word("thread.tools"),
        ),
        rx.cond(thumbs.asking == answer, _why(answer, thumb, thumbs), rx.fragment()),
        class_name="judged",
    )


def retry_tool(on_retry) -> rx.Component:
    return icon_button("refresh-cw", word("retry"), on_click=on_retry)


def _thumb(verdict: str, answer: rx.Var, thumb: rx.Var, thumbs) -> rx.Component:
    return icon_button(
        f"thumbs-{verdict}",
        word(f"thumbs.{verdict}"),
        "thumb",
        on_click=thumbs.press(answer, verdict),
        custom_attrs={"aria-pressed": rx.cond(thumb.verdict == verdict, "true", "false"), "data-thumb": verdict},
    )


def _why(answer: rx.Var, thumb: rx.Var, thumbs) -> rx.Component:
    chips = {v: [_reason(v, reason, answer, thumb, thumbs) for reason in reasons] for v, reasons in REASONS.items()}
    field = rx.el.input(
        name="comment",
        default_value=thumb.comment,
        max_length=COMMENT_CHARS,
        placeholder=word("thumbs.comment"),
        aria_label=word("thumbs.comment"),
        auto_complete="off",
        class_name="field",
    )
    return rx.el.div(
        rx.el.p(word("thumbs.why"), class_name="dim"),
        rx.el.div(
            rx.cond(thumb.verdict == "down", rx.fragment(*chips["down"]), rx.fragment(*chips["up"])),
            class_name="chips",
            role="group",
            aria_label=word("thumbs.why"),
        ),
        rx.el.form(
            rx.el.input(type="hidden", name="answer", value=answer, read_only=True),
            field,
            button(word("thumbs.save"), type="submit"),
            on_submit=thumbs.tell,
            class_name="row",
        ),
        class_name="because",
    )


def _reason(verdict: str, reason: str, answer: rx.Var, thumb: rx.Var, thumbs) -> rx.Component:
    return rx.el.button(
        word(f"thumbs.{verdict}.{reason}"),
        type="button",
        class_name="chip pen",
        on_click=thumbs.because(answer, reason),
        custom_attrs={"aria-pressed": rx.cond(thumb.reason == reason, "true", "false")},
    )
