"""Reads a shopper's message: what it changes in the taste profile, what kind of message it is, what to search for."""

from coffeebot.domain.understanding.meaning import understand, warm_up

__all__ = ["understand", "warm_up"]
