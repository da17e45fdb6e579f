"""The way to a coffee's shop, with what we may earn by it said beside it."""

import reflex as rx

from coffeebot.components.icons import icon
from coffeebot.components.words import word


def way_to_shop(card: rx.Var) -> rx.Component:
    """On a card: the disclosure and the link, or why there is none."""
    nowhere = rx.el.p(rx.cond(card.sample, word("pick.sample"), word("pick.nowhere")), class_name="disc")
    return rx.cond(card.link != "", rx.fragment(disclosure(card), shop_link(card, cls="btn")), nowhere)


def shop_link(coffee: rx.Var, *, cls: str = "") -> rx.Component:
    """`coffee` has a name, a link and whether that is an ad."""
    return rx.el.A.create(  # rx.el.a would look for a page of ours
        word("pick.go"),
        rx.el.span(word("pick.opens", name=coffee.name), class_name="vh"),
        icon("arrow-up-right"),
        href=coffee.link,
        target="_blank",
        rel=rx.cond(coffee.ad, "sponsored nofollow noopener", "nofollow noopener"),
        class_name=cls,
    )


def disclosure(coffee: rx.Var) -> rx.Component:
    said = rx.el.span(rx.el.b(word("pick.ad")), " ", word("pick.disclosure"), class_name="disc")
    return rx.cond(coffee.ad, said, rx.fragment())
