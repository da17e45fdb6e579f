"""GET /health: whether the app can answer, for whoever watches it."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from coffeebot.wiring import services

router = APIRouter()


@router.get("/health")
async def health() -> JSONResponse:
    """200 while the database answers, 503 while it does not."""
    if await services().database.answers():
        return JSONResponse({"status": "ok"})
    return JSONResponse({"status": "unavailable", "database": "unreachable"}, status_code=503)
