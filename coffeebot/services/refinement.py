"""The second reading of a message, by a cheap model beside the reply: it may better the card, and it never disturbs."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from coffeebot.domain.errors import BudgetSpent, Failure, ProviderFailed
from coffeebot.domain.taste import Polarity, ProfileChange, Source, Trait, apply
from coffeebot.providers.llm.base import Context, Line
from coffeebot.providers.llm.extraction import Refinement, extraction_prompt, parse_extraction
from coffeebot.providers.llm.model import Meter, Model, Prompt

log = logging.getLogger(__name__)

SECONDS = 8.0  # for all models together: whoever waits for more has had the whole reply


class Refiner:
    """`models` in the order in which they are asked; the first that answers does."""

    def __init__(self, models: Sequence[Model], *, seconds: float = SECONDS) -> None:
        self._models = models
        self._seconds = seconds

    async def refine(self, context: Context, meter: Meter, *, falling: Sequence[Line] = ()) -> Refinement | None:
        """What a model read; None when none could, when there is no time or no budget for it. Raises nothing but CancelledError.

        `falling` are the lines that a new summary takes in; without them there is no summary.
        """
        end = asyncio.get_running_loop().time() + self._seconds
        try:
            prompt = extraction_prompt(context, falling=falling)
            for model in self._models:
                try:
                    found = await self._read(model, prompt, context, meter, end)
                except ProviderFailed as failed:
                    log.warning("%s (%s) did not read the profile: %s, %s", model.provider, model.name, failed.kind, failed.detail)
                    continue
                return found if falling else replace(found, summary="")
        except BudgetSpent as spent:
            log.info("Budget: %s", spent)
        except TimeoutError:
            log.warning("Nobody read the profile within %g s", self._seconds)
        except Exception:  # the reply goes on, whatever broke here
            log.exception("The profile was not refined")
        return None

    async def _read(self, model: Model, prompt: Prompt, context: Context, meter: Meter, end: float) -> Refinement:
        async with asyncio.timeout_at(end):
            receipt = await meter.open(model, prompt, purpose="profile")
        outcome, tokens = str(Failure.MALFORMED), None
        try:
            async with asyncio.timeout_at(end):
                text, tokens = await model.extract(prompt)
            found = parse_extraction(text, context)
            outcome = "ok"
        except ProviderFailed as failed:
            outcome = str(failed.kind)
            raise
        except TimeoutError:
            outcome = str(Failure.TIMEOUT)
            raise
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        finally:
            await receipt.settle(outcome, tokens)
        return found


def merged(current: Sequence[Trait], seen: Sequence[Trait], refinement: Refinement, *, message_id: UUID | None = None) -> tuple[Trait, ...]:
    """The profile as it stands now, bettered by what a model read in the message `message_id`.

    `seen` is the profile that the model was shown. What was struck out since does not come back, nor does another line from the
    same words; what the shopper wrote by hand is neither touched nor contradicted.
    """
    kept = {trait.id for trait in current}
    struck = [trait for trait in seen if trait.id not in kept]
    by_hand = [trait for trait in current if trait.source is Source.SHOPPER]
    added: list[Trait] = []
    for trait in refinement.change.add:
        if not any(_same_line(trait, old) for old in struck) and not any(_contrary(trait, other) for other in (*by_hand, *added)):
            added.append(replace(trait, message_id=message_id))
    contrary = (old.id for old in current if any(_contrary(new, old) for new in added))
    return apply(current, ProfileChange(tuple(added), (*refinement.change.remove, *contrary)))


def _same_line(new: Trait, old: Trait) -> bool:
    """Whether they are the same line, or lines of one facet and side from the same words: those go together."""
    words = bool(old.evidence) and new.facet is old.facet and new.evidence == old.evidence
    return new.key == old.key or (words and _avoids(new) == _avoids(old))


def _contrary(one: Trait, other: Trait) -> bool:
    return (one.facet, one.value) == (other.facet, other.value) and _avoids(one) != _avoids(other)


def _avoids(trait: Trait) -> bool:
    return trait.polarity is Polarity.AVOID
