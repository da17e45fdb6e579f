"""Whether a coffee is the one that somebody names."""

from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from coffeebot.domain.folding import plain
from coffeebot.domain.query import Candidate

SAME_NAME = 80.0  # of 100: a typo or two, and words in another order


SURE = 85.0  # of 100: near enough to take a message for a name and nothing else


def surely_called(coffee: Candidate, name: str) -> bool:
    """Whether the words are so much of roaster's and coffee's name that they were not meant otherwise."""
    return token_set_ratio(plain(name), plain(f"{coffee.roaster} {coffee.name}")) >= SURE


def is_called(coffee: Candidate, name: str) -> bool:
    """By its own name, or by words of the roaster's name and its own."""
    asked, own = plain(name), plain(coffee.name)
    return max(token_sort_ratio(asked, own), token_set_ratio(asked, plain(f"{coffee.roaster} {coffee.name}"))) >= SAME_NAME
