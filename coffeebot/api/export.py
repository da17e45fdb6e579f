"""GET /conversations/{id}/export.{md,json}: a shopper's own conversation as a file."""

import json
import re
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from coffeebot.domain.errors import NotFound
from coffeebot.domain.shopper import shopper_of
from coffeebot.domain.untrusted import visible
from coffeebot.services.export_markdown import markdown
from coffeebot.wiring import services

router = APIRouter()
TYPES = {"md": "text/markdown; charset=utf-8", "json": "application/json"}
NAME_CHARS = 60
_UNSAFE = re.compile(r'[\\/:*?"<>|%~.\s]+')  # what a file system, a shell or a header would read as something else


@router.get("/conversations/{conversation_id}/export.{kind}")
async def export(conversation_id: str, kind: Literal["md", "json"], request: Request) -> Response:
    """404 for everybody but the shopper whose cookie owns it, as if it did not exist."""
    shopper = shopper_of(request.headers.get("cookie", ""))
    if shopper is None:
        raise NotFound("There is no such conversation. It may have been deleted: start a new one.")
    document = await services().export.document(conversation_id, shopper_id=shopper)
    body = markdown(document) if kind == "md" else json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    headers = {
        "Content-Disposition": disposition(document["title"], document["begun_at"][:10], kind),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return Response(body, media_type=TYPES[kind], headers=headers)


def disposition(title: str, day: str, kind: str) -> str:
    """An attachment named after the title (RFC 6266, with RFC 5987 for what is not ASCII)."""
    name = _UNSAFE.sub(" ", visible(title))[:NAME_CHARS].strip(" -") or "conversation"
    return f"attachment; filename=\"conversation-{day}.{kind}\"; filename*=UTF-8''{quote(f'{name} ({day}).{kind}', safe='')}"
