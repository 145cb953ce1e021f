"""The reference of the JSON API, drawn from its own OpenAPI description without anybody else's scripts."""

import json
from typing import Any, Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from trace.kit.pages import page

router = APIRouter(include_in_schema=False)
_METHODS: Final = ("get", "post", "put", "patch", "delete")


@router.get("/api/docs")
def reference(request: Request) -> Response:
    description = request.app.openapi()
    return page(request, "reference.html", info=description["info"], rooms=rooms(description))


def rooms(description: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Every operation under its room's tag, with what it takes and answers."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, operations in description["paths"].items():
        for method in _METHODS:
            if operation := operations.get(method):
                found.setdefault(operation["tags"][0], []).append(
                    _entry(description, path, method, operation)
                )
    return found


def _entry(description: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": operation.get("parameters", []),
        "fields": [
            field for media in body.values() for field in _fields(description, media.get("schema", {}))
        ],
        "answers": {status: answer["description"] for status, answer in operation["responses"].items()},
    }


def _fields(description: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of a command; of a union, those of each of its members in turn."""
    known = _resolved(description, schema)
    if "oneOf" in known:
        return [field for member in known["oneOf"] for field in _fields(description, member)]
    needed = set(known.get("required", ()))
    return [
        {
            "of": known.get("title", ""),
            "name": name,
            "type": _type(description, field),
            "needed": name in needed,
            "about": field.get("description", ""),
            "example": json.dumps(field["examples"][0], ensure_ascii=False) if field.get("examples") else "",
        }
        for name, field in known.get("properties", {}).items()
    ]


def _resolved(description: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    return description["components"]["schemas"][name] if name else schema


def _type(description: dict[str, Any], field: dict[str, Any]) -> str:
    known = _resolved(description, field)
    if "anyOf" in known:
        kinds = [_type(description, option) for option in known["anyOf"]]
        return " | ".join(dict.fromkeys(kind for kind in kinds if kind != "null")) or "null"
    if "enum" in known or "const" in known:
        return " | ".join(json.dumps(value) for value in known.get("enum", [known.get("const")]))
    if known.get("type") == "array":
        return f"[{_type(description, known.get('items', {}))}]"
    return str(known.get("format") or known.get("type") or "any")
