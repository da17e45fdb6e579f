"""SQLModel tables and the SQL that reads and writes them, by noun."""

from coffeebot.models.base import metadata
from coffeebot.models.coffee import Coffee, Offer, PriceHistory, Roaster
from coffeebot.models.conversation import Conversation, Message, Shopper
from coffeebot.models.event import Event
from coffeebot.models.feedback import Feedback
from coffeebot.models.mark import Mark
from coffeebot.models.proposal import Proposal
from coffeebot.models.shelf import Bitmap, CoffeeVector, Shelf, ShelfChange
from coffeebot.models.snapshot import RawItem, StoredPage
from coffeebot.models.source import ScrapeRun, ScrapeSource
from coffeebot.models.step import ProfileStep
from coffeebot.models.trait import TraitRow
from coffeebot.models.usage import LlmSpending, LlmUsage

__all__ = [
    "Bitmap",
    "Coffee",
    "CoffeeVector",
    "Conversation",
    "Event",
    "Feedback",
    "LlmSpending",
    "LlmUsage",
    "Mark",
    "Message",
    "Offer",
    "PriceHistory",
    "ProfileStep",
    "Proposal",
    "RawItem",
    "Roaster",
    "ScrapeRun",
    "ScrapeSource",
    "Shelf",
    "ShelfChange",
    "Shopper",
    "StoredPage",
    "TraitRow",
    "metadata",
]
