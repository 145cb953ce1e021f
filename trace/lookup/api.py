"""The machine-readable twin of the public page, and what crawlers are told."""

from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.kit import http, shortcodes
from trace.kit.clock import day_in_vietnam
from trace.kit.doors import Now, Reads
from trace.kit.openapi import problems
from trace.kit.problems import Fault, NotFound, Problem
from trace.kit.translation import N_
from trace.lookup import answers, queries
from trace.lookup.facts import BatchFacts

router = APIRouter(tags=["lookup"])

_ROBOTS: Final = (
    "User-agent: *\nAllow: /b/\nDisallow: /app\nDisallow: /api\nDisallow: /find\nDisallow: /en/find\n"
)
_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Unchanged since the ETag that was sent as If-None-Match."},
    **problems(404),
}

_MISTAKES: Final = {
    shortcodes.Fault.STRANGE: N_("It has characters that occur in no code: {strange}."),
    shortcodes.Fault.SHORT: N_("A code has {length} characters; this one is too short."),
    shortcodes.Fault.LONG: N_("A code has {length} characters; this one is too long."),
    shortcodes.Fault.NUMBER: N_("It is only digits; every code has a letter."),
    shortcodes.Fault.CHECK: N_(
        "The characters do not fit each other: one of them is wrong, or two are swapped."
    ),
}


class Mistyped(NotFound):
    """No code can be spelt like that; the fault says which kind of mistake it is."""

    def __init__(self, examined: shortcodes.Examination) -> None:
        super().__init__(N_("This code is mistyped. Compare it with the label once more."))
        kind = examined.fault or shortcodes.Fault.CHECK
        values = {"strange": " ".join(examined.strange), "length": shortcodes.LENGTH}
        self.faults = [Fault("code", _MISTAKES[kind], values, kind)]


@router.get(
    "/b/{code}.json",
    operation_id="lookup_read_batch",
    summary="Read what is public about a batch",
    response_model=BatchFacts,
    responses=_RESPONSES,
)
def read_batch(request: Request, db: Reads, now: Now, code: str) -> Response:
    """The same facts as the page, for any website: no key is needed. Ask again with the ETag."""
    answer = _answer(request, db, now, code)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@router.head("/b/{code}.json", include_in_schema=False)
def read_batch_headers(request: Request, db: Reads, now: Now, code: str) -> Response:
    return read_batch(request, db, now, code)


@router.get("/robots.txt", include_in_schema=False)
def robots(request: Request) -> Response:
    return answers.text(request, _ROBOTS, "text/plain; charset=utf-8")


def _answer(request: Request, db: Reads, now: Now, code: str) -> Response:
    examined = shortcodes.examine(code)
    try:
        if not examined.valid:
            raise Mistyped(examined)
        facts = queries.public_facts(db, examined.code, today=day_in_vietnam(now))
    except Problem as problem:
        return http.answer(request, problem)
    return answers.text(request, facts.model_dump_json(), "application/json")
