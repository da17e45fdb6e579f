"""GET /go/{offer id}: the way to the roaster's own page."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from coffeebot.api.answers import error_body
from coffeebot.domain.shopper import shopper_of
from coffeebot.wiring import services

router = APIRouter()
HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}


@router.get("/go/{offer_id}")
async def go(offer_id: str, request: Request) -> Response:
    """302 to the offer's address; 404 for a sample or an unknown offer. Takes an id and nothing else."""
    offer = _uuid(offer_id)
    shopper = shopper_of(request.headers.get("cookie", ""))
    target = await services().catalogue.destination(offer, shopper_id=shopper) if offer else None
    if target is None:
        return JSONResponse(
            error_body("not_found", "There is no such offer, or it is a sample that nobody sells."), status_code=404, headers=HEADERS
        )
    return RedirectResponse(target, status_code=302, headers=HEADERS)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
