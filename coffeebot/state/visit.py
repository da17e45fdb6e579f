"""Who is visiting, as a handler sees it: the cookie of the connection."""

from uuid import UUID

import reflex as rx

from coffeebot.domain.errors import BadInput
from coffeebot.domain.shopper import shopper_of
from coffeebot.words import word


def shopper(state: rx.State) -> UUID:
    """The shopper behind the connection; BadInput when the browser sent no cookie."""
    found = shopper_of(str(state.router.headers.cookie or ""))
    if found is None:
        raise BadInput(word("no_cookie"))
    return found
