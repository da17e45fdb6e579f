"""python -m evals.wire --port N: one long answer to everybody, at a pace, for loads."""

import argparse
import asyncio
import json
import signal
from dataclasses import replace
from pathlib import Path

from evals.script import token
from evals.wire.scene import End, Say, Scene
from evals.wire.server import NOTHING_LEARNT, Request, Wire, wire_server


def reply(tokens: int, per_second: float, delay: float) -> Scene:
    """Tokens that name themselves, with two coffees among the first. `delay` is in seconds."""
    words = [token(n) for n in range(tokens)]
    words[3:3] = ["[[c1]] "]
    words[8:8] = ["[[c2]] "]
    return Scene(steps=(*map(Say, words), End()), tokens_per_second=per_second, before_head=delay)


async def serve(given: argparse.Namespace) -> None:
    streamed = reply(given.tokens, given.tokens_per_second, given.first_token_delay)
    at_once = replace(streamed, tokens_per_second=0.0)
    stop = asyncio.Event()
    for end in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(end, stop.set)

    def script(request: Request) -> Scene:
        return NOTHING_LEARNT if request.structured else streamed if request.streamed else at_once

    async with wire_server(script, port=given.port) as wire:
        print(f"ready {wire.url.rpartition(':')[2]}", flush=True)
        await stop.wait()
        if given.times:
            await asyncio.to_thread(Path(given.times).write_text, times(wire), encoding="utf-8")


def times(wire: Wire) -> str:
    """A line a reply: when its request had come and when its first token went, on the machine's monotonic clock."""
    return "".join(json.dumps([request.at, request.first_token_at]) + "\n" for request in wire.replies)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.wire", description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tokens", type=int, default=400)
    parser.add_argument("--tokens-per-second", type=float, default=40.0)
    parser.add_argument("--first-token-delay", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--times", metavar="FILE", help="when each request came and its first token went, a line each")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
