"""The list of conversations; under 960 px chat.js shows it as a drawer. assets/js/conversations.js gives it its keys."""

import reflex as rx

from coffeebot.components.button import icon_button
from coffeebot.components.frame import language_button, theme_button
from coffeebot.components.icons import icon
from coffeebot.components.words import word


def conversation_list(listed, *, current: rx.Var) -> rx.Component:
    """`listed` has the vars and handlers of the state; `current` is the id of the conversation that is open."""
    head = rx.el.div(
        rx.el.h2(word("conversations"), class_name="h5", id="side-title"),
        rx.el.span(class_name="sp"),
        icon_button("x", word("close"), custom_attrs={"data-close": "side"}),
        class_name="row only-s",
    )
    none = rx.cond(listed.query == "", rx.el.p(word("conversations.none"), class_name="none"), rx.fragment())
    rows = rx.el.nav(
        rx.cond(listed.rows.length() > 0, rx.foreach(listed.rows, lambda row: _row(row, listed, current)), none),
        _more(listed),
        class_name="convs",
        aria_label=word("conversations"),
    )
    new = rx.el.a(icon("plus"), word("new"), to="/?c=new", class_name="btn", custom_attrs={"data-leave": "side"})
    # what the bar of a phone has no room for
    settings = rx.el.div(language_button(), rx.el.span(class_name="sp"), theme_button(), class_name="row only-s settings")
    sheet = rx.el.div(head, new, _search(listed), rows, settings, _gone(listed), class_name="sheet", tab_index=-1)
    return rx.el.aside(sheet, class_name="side", id="side", aria_label=word("conversations"))


def _search(listed) -> rx.Component:
    field = rx.el.input(
        type="search",
        placeholder=word("conversations.search"),
        aria_label=word("conversations.search"),
        auto_complete="off",
        max_length=100,
        on_change=listed.search.debounce(200),
    )
    return rx.fragment(
        rx.el.label(icon("search"), field, class_name="field search"),
        rx.el.p(listed.summary, role="status", class_name="found-count"),
    )


def _row(row: rx.Var, listed, current: rx.Var) -> rx.Component:
    line = rx.cond(listed.renaming == row.id, _rename(row, listed), rx.fragment(_link(row, current), _options(row, listed)))
    return rx.fragment(rx.cond(row.when != "", rx.el.h3(row.when), rx.fragment()), rx.el.div(line, class_name="conv-row"))


def _link(row: rx.Var, current: rx.Var) -> rx.Component:
    found = rx.el.span(rx.cond(row.who != "", row.who + " ", ""), rx.foreach(row.found, _run), class_name="found")
    return rx.el.a(
        rx.el.span(row.title, class_name="t"),
        rx.cond(row.found.length() > 0, found, rx.fragment()),
        to="/?c=" + row.id,
        prevent_scroll_reset=True,  # scroll.js goes to the end of the thread
        class_name="conv",
        custom_attrs={"aria-current": rx.cond(row.id == current, "page", "false"), "data-leave": "side", "data-row": row.id},
    )


def _run(run: rx.Var) -> rx.Component:
    return rx.cond(run.hit, rx.el.mark(run.text), rx.fragment(run.text))


def _options(row: rx.Var, listed) -> rx.Component:
    """What one can do with a conversation; a plain disclosure, which needs no script to open."""
    label = word("conversations.options", title=row.title)
    return rx.el.details(
        rx.el.summary(icon("ellipsis"), class_name="ibtn", aria_label=label, title=label),
        rx.el.div(
            _action("pencil", word("conversations.rename"), on_click=listed.begin_rename(row.id), custom_attrs={"data-rename": row.id}),
            _export(row, "md"),
            _export(row, "json"),
            _action("trash-2", word("conversations.delete"), on_click=listed.delete(row.id), custom_attrs={"data-delete": row.id}),
            class_name="conv-menu",
        ),
        class_name="conv-options",
    )


def _action(drawn: str, words: rx.Var, **props) -> rx.Component:
    return rx.el.button(icon(drawn), rx.el.span(words), type="button", **props)


def _export(row: rx.Var, kind: str) -> rx.Component:
    words = word(f"conversations.export.{kind}")
    return rx.el.A.create(icon("download"), rx.el.span(words), href="/conversations/" + row.id + f"/export.{kind}", download=True)


def _rename(row: rx.Var, listed) -> rx.Component:
    return rx.el.form(
        rx.el.input(
            name="name",
            default_value=row.title,
            placeholder=word("conversations.name.hint"),
            aria_label=word("conversations.name"),
            max_length=80,
            auto_focus=True,
            auto_complete="off",
        ),
        icon_button("check", word("conversations.name.keep"), type="submit"),
        icon_button("x", word("cancel"), on_click=listed.keep_name, custom_attrs={"data-cancel": "rename"}),
        on_submit=listed.rename,
        class_name="rename",
        custom_attrs={"data-row": row.id},
    )


def _more(listed) -> rx.Component:
    words = word("conversations.more", left=listed.left)
    return rx.cond(listed.left > 0, rx.el.button(words, type="button", class_name="btn more", on_click=listed.more), rx.fragment())


def _gone(listed) -> rx.Component:
    """What was deleted last, and the way back."""
    line = rx.el.div(
        rx.el.p(word("conversations.deleted", title=listed.deleted_title)),
        rx.el.button(icon("undo-2"), rx.el.span(word("undo")), type="button", class_name="btn", on_click=listed.undelete),
        icon_button("x", word("close"), on_click=listed.let_go, custom_attrs={"data-let-go": "true"}),
        class_name="done-line gone-line",
        custom_attrs={"data-gone": listed.deleted},
    )
    return rx.el.div(rx.cond(listed.deleted != "", line, rx.fragment()), role="status", class_name="gone")
