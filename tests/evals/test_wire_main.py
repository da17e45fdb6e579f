"""`python -m evals.wire`: the fixed reply that loads are measured with."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import openai
import pytest

from evals.script import token

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
async def test_a_reply_whose_tokens_name_themselves(end: signal.Signals, tmp_path: Path) -> None:
    times = tmp_path / "times.jsonl"
    command = ["-m", "evals.wire", "--tokens", "30", "--tokens-per-second", "1000", "--first-token-delay", "0.1", "--times", str(times)]
    wire = await asyncio.create_subprocess_exec(sys.executable, *command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    assert wire.stdout is not None
    ready = (await asyncio.wait_for(wire.stdout.readline(), 20)).split()
    async with openai.AsyncOpenAI(api_key="k", base_url=f"http://127.0.0.1:{int(ready[1])}/v1", max_retries=0) as client:
        stream = await client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}], stream=True)
        said = [event.choices[0].delta.content or "" async for event in stream]
        whole = await client.responses.create(model="m", input="hi")
        form = {"type": "json_schema", "json_schema": {"name": "a", "schema": {"type": "object"}}}
        learnt = await client.chat.completions.create(model="m", messages=[], response_format=form)  # type: ignore[call-overload]
    wire.send_signal(end)
    assert await asyncio.wait_for(wire.wait(), 20) == 0
    assert ready[0] == b"ready" and json.loads(learnt.choices[0].message.content) == {"traits": [], "remove": [], "summary": ""}
    tokens = [word for word in said if word and not word.startswith("[[")]
    assert tokens == [token(n) for n in range(30)] and "".join(said) == whole.output_text
    assert said.index("[[c1]] ") < said.index("[[c2]] ") < 12 and said.count("[[c1]] ") == said.count("[[c2]] ") == 1
    at, first_token_at = json.loads(times.read_text().splitlines()[0])
    assert len(times.read_text().splitlines()) == 2 and first_token_at - at >= 0.1
