"""python -m tests.fake_shop: a shop in a process of its own, until it is told to stop. It prints its address when it can be asked."""

import argparse
import asyncio
import signal
import sys

from tests.fake_shop.misbehaviour import MISBEHAVIOURS
from tests.fake_shop.server import PATHS, FakeShop


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fake_shop", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0: one that is free")
    parser.add_argument("--products", type=int, default=100)
    parser.add_argument("--system", choices=sorted(PATHS), default="shopify")
    parser.add_argument("--seed", type=int, default=0, help="another shop for each")
    parser.add_argument("--misbehave", choices=sorted(MISBEHAVIOURS), metavar="NAME", help=f"one of: {', '.join(MISBEHAVIOURS)}")
    asyncio.run(serve(parser.parse_args()))


async def serve(given: argparse.Namespace) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with FakeShop(products=given.products, system=given.system, port=given.port, seed=given.seed) as shop:
        shop.render()
        if given.misbehave:
            feed = next(iter(PATHS[given.system](shop)))
            shop.always(f"{feed.partition('?')[0]}*", MISBEHAVIOURS[given.misbehave](shop.good(feed))[0])
        sys.stdout.write(f"{shop.url}\n")
        sys.stdout.flush()
        await stop.wait()


if __name__ == "__main__":
    main()
