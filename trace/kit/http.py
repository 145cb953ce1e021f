"""The one place that knows how a Problem is answered: RFC 9457 for programs, a page for people."""

from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from trace.kit import pages
from trace.kit.logs import log
from trace.kit.problems import (
    PROBLEMS,
    Broken,
    Conflict,
    Fault,
    Malformed,
    MethodRefused,
    NotFound,
    NotReady,
    Problem,
    SignInNeeded,
    TooMany,
    Unreadable,
    told,
)
from trace.kit.translation import N_, locale_of, say
from trace.kit.validation import fault

_BY_STATUS: Final[dict[int, type[Any]]] = {404: NotFound, 405: MethodRefused, 400: Unreadable}


def install(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_malformed)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(IntegrityError, _on_clash)
    app.add_exception_handler(OperationalError, _on_database)
    app.add_exception_handler(DataError, _on_unstorable)
    app.add_exception_handler(Exception, _on_fault)


def answer(request: Request, problem: Problem) -> Response:
    if isinstance(problem, SignInNeeded) and not wants_json(request):
        return RedirectResponse(_sign_in_then(request), status_code=303)
    response = as_json(request, problem) if wants_json(request) else as_page(request, problem)
    if isinstance(problem, TooMany):
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


async def refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer from below the routes, where no handler is near."""
    await answer(Request(scope, receive), problem)(scope, receive, send)


def wants_json(request: Request) -> bool:
    path = request.url.path
    return path.startswith("/api/") or path.endswith(".json") or path in {"/healthz", "/readyz"}


def body_of(request: Request, problem: Problem) -> dict[str, Any]:
    """The problem details: `errors` names each field by a JSON pointer, as RFC 9457 section 3 does."""
    locale = locale_of(request)
    values = {**problem.values, "request_id": _request_id(request)}
    body: dict[str, Any] = {
        "type": f"/problems/{problem.slug}",
        "title": say(problem.title, locale),
        "status": problem.status,
        "detail": say(problem.message, locale, **values),
        "instance": f"urn:uuid:{_request_id(request)}",
    }
    if problem.faults:
        body["errors"] = [
            {
                "pointer": "#/" + found.field.replace("~", "~0").replace("/", "~1").replace(".", "/"),
                "field": found.field,
                "code": found.code,
                "detail": told(found, locale),
            }
            for found in problem.faults
        ]
    return body


def as_json(request: Request, problem: Problem) -> Response:
    response = JSONResponse(body_of(request, problem), problem.status, media_type="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Language"] = locale_of(request)
    return response


def as_page(request: Request, problem: Problem) -> Response:
    return pages.page(request, "problem.html", status=problem.status, problem=body_of(request, problem))


def _request_id(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


def _sign_in_then(request: Request) -> str:
    if request.method not in {"GET", "HEAD"}:
        return "/sign-in?next=/app"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/sign-in?next={quote(request.url.path + query)}"


def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - what the registration above promises
    return answer(request, error)


def _on_malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = [fault(one) for one in error.errors()]
    if any(one["type"] == "json_invalid" for one in error.errors()):
        return answer(request, Unreadable())
    if any(one["loc"][0] == "path" for one in error.errors()):
        # An id that is none cannot be anybody's.
        return answer(request, NotFound())
    return answer(request, Malformed(found))


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if isinstance(error.__cause__, Problem):  # such as a body that grew too large while it was read as JSON
        return answer(request, error.__cause__)
    response = answer(request, _BY_STATUS.get(error.status_code, Unreadable)())
    response.headers.update(error.headers or {})
    return response


def _on_clash(request: Request, error: Exception) -> Response:
    # Two people were first at once; the database let one through. The other sees what stands there now.
    log.warning("clash", constraint=type(getattr(error, "orig", error)).__name__)
    return answer(
        request, Conflict(N_("Somebody stored the same thing at the same moment. Look again, then repeat."))
    )


def _on_database(request: Request, error: Exception) -> Response:
    log.error("database", error=type(getattr(error, "orig", error)).__name__)
    return answer(request, NotReady())


def _on_unstorable(request: Request, error: Exception) -> Response:
    # Every command limits its numbers, texts and dates to what fits; this one forgot something.
    log.error("unstorable", error=type(getattr(error, "orig", error)).__name__)
    return answer(
        request,
        Malformed([Fault("", N_("Something in this cannot be stored. Please write it another way."))]),
    )


def _on_fault(request: Request, error: Exception) -> Response:
    log.error("fault", exc_info=error)
    return answer(request, Broken())


def known(slug: str) -> type[Problem]:
    if slug not in PROBLEMS:
        raise NotFound
    return PROBLEMS[slug]
