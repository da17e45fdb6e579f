"""The composition root: the only place that picks implementations."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from coffeebot.domain import understanding
from coffeebot.domain.errors import CannotStart
from coffeebot.models.conversation import interrupt_running
from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder, MiniLM
from coffeebot.providers.llm.base import Barista
from coffeebot.providers.llm.choose import Chosen, choose, limits_of
from coffeebot.providers.llm.house import HouseBarista
from coffeebot.providers.llm.pace import Pace
from coffeebot.providers.llm.prompting import system_prompt
from coffeebot.providers.llm.speaker import ModelBarista
from coffeebot.services.archive import Archive
from coffeebot.services.catalogue import Catalogue
from coffeebot.services.chain import BaristaChain, Route
from coffeebot.services.comparison import Comparisons
from coffeebot.services.conversation import Conversation
from coffeebot.services.doubts import Doubts
from coffeebot.services.export import Export
from coffeebot.services.feedback import Feedbacks
from coffeebot.services.history import Conversations
from coffeebot.services.ledger import Ledger, Price
from coffeebot.services.news import News
from coffeebot.services.profile import Profiles
from coffeebot.services.refinement import Refiner
from coffeebot.services.replies import Replies
from coffeebot.services.reranking import Reranking
from coffeebot.services.retrieval import Retrieval
from coffeebot.services.review import Review
from coffeebot.services.saved import SavedCoffees
from coffeebot.services.transcript import Transcript
from coffeebot.services.why_not import WhyNot
from coffeebot.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """All that the page, the API and the command line call."""

    settings: Settings
    database: Database
    embedder: Embedder
    retrieval: Retrieval
    catalogue: Catalogue
    conversations: Conversations
    archive: Archive
    export: Export
    profile: Profiles
    feedback: Feedbacks
    reranking: Reranking
    doubts: Doubts
    comparisons: Comparisons
    saved: SavedCoffees
    review: Review
    replies: Replies
    models: Chosen


def build_services(settings: Settings) -> Services:
    """Opens nothing yet: the database connects at its first use."""
    if settings.database_url is None:
        raise CannotStart("There is no database: set DATABASE_URL, or start with `python -m coffeebot up`, which brings its own.")
    database = Database(settings.database_url.get_secret_value())
    embedder = MiniLM()
    retrieval = Retrieval(database, embedder, settings.exchange_rates)
    catalogue = Catalogue(database)
    transcript = Transcript(database, max_chars=settings.max_message_chars)
    why_not = WhyNot(database, retrieval, settings.exchange_rates)
    models = choose(settings)
    ledger = _ledger(settings, database)
    pace, news = Pace(), News()
    conversation = Conversation(
        database,
        retrieval=retrieval,
        catalogue=catalogue,
        transcript=transcript,
        barista=_barista(settings, models, ledger, pace),
        ledger=ledger,
        rates=settings.exchange_rates,
        refiner=Refiner(models.cheap) if models.cheap and settings.refine_profile else None,
        history_tokens=settings.history_tokens,
        site_name=settings.site_name,
    )
    replies = Replies(conversation, transcript, pace, news)
    return Services(
        settings=settings,
        database=database,
        embedder=embedder,
        retrieval=retrieval,
        catalogue=catalogue,
        conversations=Conversations(database, transcript, retrieval, catalogue),
        archive=Archive(database, news),
        export=Export(database, address=settings.address),
        profile=Profiles(database, settings.exchange_rates),
        feedback=Feedbacks(database),
        reranking=Reranking(database, retrieval, why_not, replies, settings.exchange_rates),
        doubts=Doubts(database, why_not),
        comparisons=Comparisons(database, settings.exchange_rates),
        saved=SavedCoffees(database, settings.exchange_rates),
        review=Review(database, embedder),
        replies=replies,
        models=models,
    )


def _ledger(settings: Settings, database: Database) -> Ledger:
    return Ledger(
        database,
        prices={model: Price(**price.model_dump()) for model, price in settings.token_prices.items()},
        version=settings.token_prices_version,
        budget_day=settings.budget_day,
        budget_shopper=settings.budget_shopper,
        budget_conversation=settings.budget_conversation,
    )


def _barista(settings: Settings, models: Chosen, ledger: Ledger, pace: Pace) -> Barista:
    """The models, and the house behind them; the house alone where there are none."""
    house = HouseBarista(words_per_second=settings.house_words_per_second, pace=pace)
    if not models.all:
        return house
    manner: dict[str, Any] = {
        "system": system_prompt(settings.site_name),
        "limits": limits_of(settings),
        "max_tokens": settings.reply_tokens,
        "pace": pace,
    }
    return BaristaChain([Route(ModelBarista(model, **manner)) for model in models.all], house, ledger)


async def _warm_up(opened: Services) -> None:
    """Loads lexicon and model before the first shopper has to wait for them."""
    await asyncio.to_thread(understanding.warm_up)
    await opened.embedder.embed(["coffee"])
    gc.collect()
    gc.freeze()  # what is loaded stays: looking through it again would stop every reply for a third of a second


_open: list[Services] = []  # the services of this process, while they are open


@asynccontextmanager
async def open_services(settings: Settings, *, owns_replies: bool = False) -> AsyncIterator[Services]:
    """The services of this process. The app `owns_replies`: what an earlier process left running is marked interrupted."""
    opened = build_services(settings)
    if owns_replies:
        async with opened.database.session() as session:
            await interrupt_running(session)
        await opened.archive.purge()
    warming = asyncio.create_task(_warm_up(opened)) if owns_replies else None
    _open.append(opened)
    try:
        yield opened
    finally:
        _open.remove(opened)
        if warming:
            warming.cancel()
        await opened.replies.close()
        for model in opened.models.all:
            await model.close()
        await opened.database.close()


def services() -> Services:
    """The services of this process; they are open while the app runs."""
    if not _open:
        raise CannotStart("The services are not open: this runs inside `open_services`.")
    return _open[-1]
