"""POST /chat: one turn as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel, ConfigDict

from coffeebot.api.answers import error_body
from coffeebot.domain.errors import NotFound
from coffeebot.domain.shopper import shopper_of
from coffeebot.domain.turn import Event
from coffeebot.wiring import Services, services

router = APIRouter()
KEEP_ALIVE = 15.0  # seconds of silence after which a comment keeps proxies from hanging up


class ChatRequest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    message: str
    conversation_id: str | None = None


@router.post("/chat")
async def chat(body: ChatRequest, request: Request) -> StreamingResponse:
    """Answers a message in a new conversation, or goes on with one; the reply goes on when the client hangs up."""
    own = services()
    shopper = shopper_of(request.headers.get("cookie", ""))
    conversation_id, message_id = await _started(own, body, shopper)
    events = own.replies.events(message_id, conversation_id=conversation_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_stream(events), media_type="text/event-stream", headers=headers)


@router.api_route("/chat", methods=["GET", "PUT", "PATCH", "DELETE"], include_in_schema=False)
async def not_this_way() -> JSONResponse:
    message = 'POST {"message": "…", "conversation_id": null} here, and read server-sent events.'
    return JSONResponse(error_body("method_not_allowed", message), status_code=405, headers={"Allow": "POST"})


async def _started(own: Services, body: ChatRequest, shopper: UUID | None) -> tuple[str, UUID]:
    """The conversation and the reply. A conversation's id alone is enough for a client without a cookie, and for nobody else's cookie."""
    if body.conversation_id is None:
        return await own.replies.start_anew(body.message, shopper_id=shopper or uuid4())
    owner = await own.conversations.owner(body.conversation_id)
    if owner is None or (shopper is not None and shopper != owner):
        raise NotFound("There is no such conversation. Leave conversation_id out to start a new one.")
    return body.conversation_id, await own.replies.start(body.conversation_id, body.message, shopper_id=owner)


async def _stream(events: AsyncIterator[Event]) -> AsyncIterator[str]:
    following = asyncio.ensure_future(anext(events, None))
    try:
        while True:
            await asyncio.wait([following], timeout=KEEP_ALIVE)
            if not following.done():
                yield ": still here\n\n"
                continue
            event = following.result()
            if event is None:
                return
            yield f"event: {event.name}\ndata: {event.data()}\n\n"
            following = asyncio.ensure_future(anext(events, None))
    finally:
        following.cancel()
