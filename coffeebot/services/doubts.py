""" "Why not this one?", asked beside the conversation: what stands in a coffee's way, in words, and which must to let go."""

from dataclasses import dataclass
from uuid import UUID

from coffeebot.domain.errors import BadInput
from coffeebot.domain.labels import joint, label, together
from coffeebot.domain.query import Candidate
from coffeebot.domain.taste import Trait, active
from coffeebot.domain.untrusted import typed
from coffeebot.domain.verdict import Verdict
from coffeebot.models.conversation import owned
from coffeebot.models.database import Database
from coffeebot.models.trait import traits_of
from coffeebot.providers.llm.house.portrait import fact, make
from coffeebot.services.why_not import WhyNot

LONGEST = 120  # characters of a coffee's name
OFFERED, NEAR = 3, 20  # places that are worth telling apart


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A must in the way: the line's id and words, and the coffee's fact, "" where it does not say."""

    trait_id: UUID
    label: str
    fact: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """`kind`: missing (no such coffee), broken, unknown, offered (among the first three), behind (at `place`) or far.

    `lacking` is what coffees before it have and it has not.
    """

    kind: str
    name: str = ""
    roaster: str = ""
    make: str = ""
    obstacles: tuple[Obstacle, ...] = ()
    lacking: tuple[str, ...] = ()
    place: int = 0


class Doubts:
    def __init__(self, database: Database, why_not: WhyNot) -> None:
        self._database = database
        self._why_not = why_not

    async def about(self, name: object, *, shopper_id: UUID, conversation_id: str) -> Doubt:
        """Raises BadInput when no name is given."""
        said = typed(name)
        if not said or len(said) > LONGEST:
            raise BadInput("Write the name of a coffee, at most {most} characters.", most=LONGEST)
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            profile = active(await traits_of(session, shopper_id, conversation_id))
        return _told(await self._why_not.called(said, profile), said, conversation.language)


def _told(verdict: Verdict, asked: str, language: str) -> Doubt:
    coffee = verdict.coffee
    if coffee is None:
        return Doubt("missing", name=asked)
    lacking = tuple(dict.fromkeys(label(Trait(lean.facet, lean.value), language=language) for lean in verdict.lacking))
    kind = "broken" if verdict.broken else "unknown" if verdict.unknown else _placed(verdict.place)
    return Doubt(
        kind, coffee.name, coffee.roaster, make(coffee, language), _obstacles(coffee, verdict, language), lacking[:3], verdict.place
    )


def _placed(place: int) -> str:
    return "offered" if 1 <= place <= OFFERED else "behind" if 0 < place <= NEAR else "far"


def _obstacles(coffee: Candidate, verdict: Verdict, language: str) -> tuple[Obstacle, ...]:
    told = [(same, fact(coffee, same[0], language)) for same in together(verdict.broken)]
    told += [(same, "") for same in together(verdict.unknown)]
    return tuple(Obstacle(same[0].id, joint(same, language=language), said) for same, said in told)
