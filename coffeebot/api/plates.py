"""GET /plates/{family}/{slug}.svg: the drawing of a coffee that has no picture of its own."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from coffeebot.api.answers import error_body
from coffeebot.services.plates import FAMILIES, draw

router = APIRouter()
HEADERS = {"Cache-Control": "public, max-age=604800", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}


@router.get("/plates/{family}/{slug}.svg")
def plate(family: str, slug: str, theme: Literal["light", "dark"] = "light") -> Response:
    """The same family and slug always give the same drawing."""
    if family not in FAMILIES:
        return JSONResponse(error_body("not_found", "There is no such flavour family."), status_code=404)
    return Response(draw(family, slug[:120], theme=theme), media_type="image/svg+xml", headers=HEADERS)
