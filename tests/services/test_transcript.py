"""What is written down of replies that grow."""

from uuid import uuid4

from coffeebot.models import Message
from coffeebot.models.database import Database
from coffeebot.services.transcript import Transcript


async def test_growing_replies_are_saved_together_and_one_that_has_ended_stays_as_it_is(database_url: str) -> None:
    database = Database(database_url)
    transcript, shopper = Transcript(database, max_chars=100), uuid4()
    turns = [await transcript.begin(await transcript.create(shopper), "hi", shopper_id=shopper) for _ in range(3)]
    await transcript.save(turns[2], text="All of it.", status="complete", parts={}, answered_by="house")
    said = ['“Light”, \\ and {"dark"}', "浅煎り\n\n**Kiosk**", "half"]
    rows = [
        {"id": turn.message_id, "text": text, "parts": {"considered": {"count": n}}, "answered_by": "house" if n else None}
        for n, (turn, text) in enumerate(zip(turns, said, strict=True))
    ]
    await transcript.save_growing(rows)
    async with database.session() as session:
        kept = [await session.get(Message, turn.message_id) for turn in turns]
    await database.close()
    assert [message and (message.text, message.status, message.answered_by) for message in kept] == [
        (said[0], "running", None),
        (said[1], "running", "house"),
        ("All of it.", "complete", "house"),
    ]
    assert kept[1] and kept[1].parts == {"considered": {"count": 1}}
