"""What one can do with a message of one's own: edit it, copy it."""

import reflex as rx

from coffeebot.components.button import button, icon_button
from coffeebot.components.reply_tools import copy_button
from coffeebot.components.words import word


def tools(message: rx.Var, *, on_edit) -> rx.Component:
    """Under one's own message. While the barista answers conversations.js disables the pencil: no old message needs to know of the new."""
    pencil = icon_button("pencil", word("edit"), on_click=on_edit(message.id), custom_attrs={"data-edit": message.id})
    return rx.el.div(pencil, copy_button(), class_name="acts")


def edit_form(message: rx.Var, *, on_save, on_cancel) -> rx.Component:
    """In the message's place: its words to be changed. assets/js/conversations.js gives it the keys of the composer."""
    return rx.el.form(
        rx.el.label(word("edit.label"), html_for="edit-text", class_name="vh"),
        rx.el.textarea(id="edit-text", name="text", default_value=message.text, auto_focus=True, rows=3, enter_key_hint="send"),
        rx.el.p(word("edit.replaces"), class_name="dim"),
        rx.el.div(
            button(word("cancel"), custom_attrs={"data-cancel": "edit"}, on_click=on_cancel),
            rx.el.button(word("edit.save"), type="submit", class_name="btn pri"),
            class_name="row",
        ),
        on_submit=on_save,
        class_name="edit",
        custom_attrs={"data-message": message.id},
    )


def edit_undo(possible: rx.Var, *, on_undo) -> rx.Component:
    """Says that what followed an edited message was replaced, and offers the way back."""
    said = rx.el.div(
        rx.el.span(word("edit.replaced"), class_name="dim"),
        button(word("undo"), icon_name="undo-2", on_click=on_undo),
        class_name="undo-edit",
    )
    return rx.el.div(rx.cond(possible, said, rx.fragment()), role="status")
