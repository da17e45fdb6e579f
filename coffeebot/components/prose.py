"""Prose as elements: paragraphs, lists, emphasis."""

import reflex as rx


def prose(blocks: rx.Var) -> rx.Component:
    """Finished blocks."""
    return rx.foreach(blocks, _block)


def draft(kind: rx.Var[str], done: rx.Var, head: rx.Var, tail: rx.Var[str], mark: rx.Var[str]) -> rx.Component:
    """The block in hand, with the caret at its end."""
    line = rx.fragment(_runs(head), _marked(tail, mark), rx.el.span(class_name="caret", aria_hidden="true"))
    items = rx.fragment(rx.foreach(done, lambda runs: rx.el.li(_runs(runs))), rx.el.li(line))
    return rx.match(
        kind,
        ("p", rx.el.p(line, class_name="prose")),
        ("ul", rx.el.ul(items, class_name="prose")),
        ("ol", rx.el.ol(items, class_name="prose")),
        rx.fragment(),
    )


def _block(block: rx.Var) -> rx.Component:
    items = rx.foreach(block.lines, lambda runs: rx.el.li(_runs(runs)))
    return rx.match(
        block.kind,
        ("ul", rx.el.ul(items, class_name="prose")),
        ("ol", rx.el.ol(items, class_name="prose")),
        rx.el.p(rx.foreach(block.lines, _runs), class_name="prose"),
    )


def _runs(runs: rx.Var) -> rx.Component:
    return rx.foreach(runs, lambda run: _marked(run.text, run.mark))


def _marked(text: rx.Var[str], mark: rx.Var[str]) -> rx.Component:
    return rx.match(mark, ("strong", rx.el.strong(text)), ("em", rx.el.em(text)), rx.fragment(text))
