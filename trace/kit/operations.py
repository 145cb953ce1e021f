"""What an operator and a puzzled programmer ask: is it alive, is it ready, what does this problem mean."""

from fastapi import APIRouter, Request
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from starlette.responses import JSONResponse, Response

from trace.kit import http
from trace.kit.database import Database
from trace.kit.pages import page
from trace.kit.problems import NotReady

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
def alive() -> Response:
    """The process answers; nothing is said about the database."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get("/readyz")
def ready(request: Request) -> Response:
    """The process can do its work: the database answers."""
    database: Database = request.app.state.database
    try:
        with database.read() as db:
            db.execute(text("SELECT 1"))
    except DBAPIError as error:
        raise NotReady from error
    return JSONResponse({"status": "ready"}, headers={"Cache-Control": "no-store"})


@router.get("/problems/{slug}")
def problem(request: Request, slug: str) -> Response:
    """What the `type` of a problem means."""
    return page(request, "problem_type.html", problem=http.known(slug))
