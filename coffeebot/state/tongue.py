"""Sets the language before each page event: what a handler says is said in the shopper's own."""

import reflex as rx
from reflex.app import App
from reflex.event import Event
from reflex.state import BaseState, StateUpdate

from coffeebot.words import speaking
from coffeebot.words.choice import language_of_socket


class Tongue(rx.Middleware):
    async def preprocess(self, app: App, state: BaseState, event: Event) -> StateUpdate | None:
        headers = state.router.headers
        speaking.set(language_of_socket(str(headers.cookie or ""), str(headers.accept_language or "")))
        return None
