"""`review`: what shops suggest for the catalogue, and the curator's yes or no."""

import argparse
import asyncio
import getpass
from collections.abc import Awaitable, Callable

from coffeebot.cli.configuration import read_settings
from coffeebot.cli.ready import ready
from coffeebot.cli.terminal import say
from coffeebot.domain.errors import BadInput
from coffeebot.domain.untrusted import visible
from coffeebot.models.proposal import Kind, Status
from coffeebot.services.review import ProposalView, Review
from coffeebot.wiring import open_services

MOST_CELL = 300  # characters of a field that are shown


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", help="what waits, the oldest first")
    _add_choice(listed)
    listed.add_argument("--status", choices=[*Status, "all"], default=Status.OPEN, help="open unless told otherwise")
    listed.add_argument("--limit", type=_count, default=50, help="how many at most")
    listed.add_argument("--after", type=int, default=0, metavar="NUMBER", help="only those with a higher number")
    actions.add_parser("show", help="one proposal, field by field").add_argument("number", type=int)
    approve = actions.add_parser("approve", help="write it into the catalogue")
    approve.add_argument("numbers", type=int, nargs="*", metavar="NUMBER")
    approve.add_argument("--all", action="store_true", help="every open one but doubtful matches, as far as --source and --kind choose")
    approve.add_argument("--separate", action="store_true", help="a doubtful match is a coffee of its own")
    _add_choice(approve)
    reject = actions.add_parser("reject", help="leave the catalogue as it is; the same content is not proposed again")
    reject.add_argument("numbers", type=int, nargs="+", metavar="NUMBER")
    for action in (approve, reject):
        action.add_argument("--by", default=_me(), help="whose decision it is; you, unless told otherwise")
    actions.add_parser("reopen", help="take a rejection back").add_argument("number", type=int)
    actions.add_parser("links", help="pages of coffees on the shelf that are gone")
    for name, what in (("lock", "settle fields of a coffee: no scrape and no import writes them"), ("unlock", "let them be written again")):
        action = actions.add_parser(name, help=what)
        action.add_argument("coffee", metavar="COFFEE", help="its slug")
        action.add_argument("fields", nargs="+", metavar="FIELD")


def _me() -> str:
    """Who types; a container's user may have no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "curator"


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no number above 0")
    return int(text)


def _add_choice(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--source", help="of this shop only")
    parser.add_argument("--kind", choices=list(Kind), help="of this kind only")


def run(arguments: argparse.Namespace) -> int:
    with ready(read_settings()) as settings:

        async def act() -> None:
            async with open_services(settings) as services:
                await _ACTIONS[arguments.action](services.review, arguments)

        asyncio.run(act())
    return 0


async def _list(review: Review, arguments: argparse.Namespace) -> None:
    status = None if arguments.status == "all" else arguments.status
    found, count = await review.listed(
        status=status, source=arguments.source, kind=arguments.kind, limit=arguments.limit, after=arguments.after
    )
    for one in found:
        say(f"{one.number:>6}  {one.kind:<8}  {one.source}  {visible(one.name)}{'' if status else f'  {one.status}'}  {_summary(one)}")
    say(f"{count} {status or 'in all'}." if len(found) == count else f"{len(found)} of {count}; --after {found[-1].number} shows the next.")


def _summary(one: ProposalView) -> str:
    """What would change, in a few words."""
    return "" if one.kind == Kind.NEW else f"({', '.join(row.field for row in one.diff)})"


async def _show(review: Review, arguments: argparse.Namespace) -> None:
    for line in told(await review.show(arguments.number)):
        say(line)


def told(one: ProposalView) -> list[str]:
    """A proposal in lines: what is, marked −, and what would be, marked +."""
    decided = f", by {one.decided_by} on {one.decided_at:%Y-%m-%d %H:%M}" if one.decided_at else ""
    lines = [
        f"{one.number}  {one.kind}  {visible(one.name)}",
        f"from {one.source}, proposed {one.proposed_at:%Y-%m-%d %H:%M}, last seen {one.seen_at:%Y-%m-%d %H:%M} UTC; {one.status}{decided}",
    ]
    if one.coffee:
        lines.append(f"about {one.coffee}")
    width = max((len(row.field) for row in one.diff), default=0)
    for row in one.diff:
        cells = [(mark, value) for mark, value in (("−", row.before), ("+", row.after)) if value is not None]
        lines += [f"  {row.field if place == 0 else '':<{width}}  {mark} {_cut(value)}" for place, (mark, value) in enumerate(cells)]
    return lines


def _cut(value: str) -> str:
    seen = visible(value)
    return seen if len(seen) <= MOST_CELL else f"{seen[:MOST_CELL]}… ({len(seen)} characters)"


async def _approve(review: Review, arguments: argparse.Namespace) -> None:
    if bool(arguments.numbers) == arguments.all:
        raise BadInput("Say which proposals by their numbers, or --all.")
    if not arguments.all:
        _decided(await review.approve(set(arguments.numbers), by=arguments.by, separate=arguments.separate))
        return
    async for batch in review.approve_all(by=arguments.by, source=arguments.source, kind=arguments.kind):
        _decided(batch)


async def _reject(review: Review, arguments: argparse.Namespace) -> None:
    _decided(await review.reject(set(arguments.numbers), by=arguments.by))


async def _reopen(review: Review, arguments: argparse.Namespace) -> None:
    _decided([await review.reopen(arguments.number)])


def _decided(found: list[ProposalView]) -> None:
    for one in found:
        say(f"{one.number}  {visible(one.name)}: {one.status}")


async def _lock(review: Review, arguments: argparse.Namespace) -> None:
    locked = await review.lock(arguments.coffee, arguments.fields, locked=arguments.action == "lock")
    say(f"Locked: {', '.join(locked) or 'nothing'}")


async def _links(review: Review, arguments: argparse.Namespace) -> None:
    broken = await review.broken_links()
    for one in broken:
        say(f"{one.coffee}  {visible(one.url)}  gone since {one.since:%Y-%m-%d}")
    say(f"{len(broken)} broken.")


_ACTIONS: dict[str, Callable[[Review, argparse.Namespace], Awaitable[None]]] = {
    "list": _list,
    "show": _show,
    "approve": _approve,
    "reject": _reject,
    "reopen": _reopen,
    "links": _links,
    "lock": _lock,
    "unlock": _lock,
}
