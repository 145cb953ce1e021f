"""What the API's description says about problems, once for every route."""

from typing import Any, Final

from fastapi import FastAPI
from pydantic import BaseModel, Field

from trace.kit.problems import PROBLEMS


class FaultBody(BaseModel):
    """One field that is wrong."""

    pointer: str = Field(description="JSON pointer to the field.", examples=["#/tax_code"])
    field: str = Field(examples=["tax_code"])
    code: str = Field(examples=["tax_code"])
    detail: str = Field(description="In the language asked for by Accept-Language; Vietnamese by default.")


class ProblemBody(BaseModel):
    """Problem details, RFC 9457."""

    type: str = Field(
        description="Address of a page that explains the kind of problem.", examples=["/problems/refused"]
    )
    title: str
    status: int
    detail: str
    instance: str = Field(description="The request's id, to be told to the operator.")
    errors: list[FaultBody] | None = Field(None, description="The fields to correct, if any.")


_MEANING: Final = {
    401: "Nobody is signed in, or the API key is not valid.",
    403: "The role or the key does not allow this.",
    404: "Absent, or not yours; the answer is the same.",
    409: "Understood and refused: against a rule, in conflict, or doubtful until sent again with `sure`.",
    413: "The body is too large.",
    422: "Malformed: `errors` names each field.",
    429: "Too many attempts; see Retry-After.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may answer these statuses."""
    return {status: _response(status) for status in statuses}


def _response(status: int) -> dict[str, Any]:
    slug = next(kind.slug for kind in PROBLEMS.values() if kind.status == status)
    example = {
        "type": f"/problems/{slug}",
        "title": "…",
        "status": status,
        "detail": "…",
        "instance": "urn:uuid:…",
    }
    return {
        "description": _MEANING[status],
        "model": ProblemBody,
        "content": {"application/problem+json": {"example": example}},
    }


def describe(app: FastAPI) -> None:
    """Let the description tell problems by their own media type, which the framework cannot say by itself."""
    made = app.openapi

    def told() -> dict[str, Any]:
        if app.openapi_schema is None:
            for path in made()["paths"].values():
                for operation in path.values():
                    _tell_problems(operation["responses"])
            for unused in ("HTTPValidationError", "ValidationError"):
                made()["components"]["schemas"].pop(unused, None)
        return made()

    app.openapi = told  # type: ignore[method-assign]


def _tell_problems(responses: dict[str, Any]) -> None:
    for status, answer in responses.items():
        if status.startswith("4") and "application/json" in answer.get("content", {}):
            del answer["content"]["application/json"]
            told = answer["content"].setdefault("application/problem+json", {})
            told["schema"] = {"$ref": "#/components/schemas/ProblemBody"}
            answer["description"] = _MEANING[int(status)]


READING: Final = problems(401, 404, 422)
WRITING: Final = problems(401, 403, 404, 409, 413, 422)
