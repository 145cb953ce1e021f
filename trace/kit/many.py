"""Ids as a table in a query: one parameter, however many there are. Databases limit how many parameters they take."""

import json
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, Dialect, FromClause, String, TypeDecorator, Uuid, bindparam, column
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeEngine


def many(ids: Collection[uuid.UUID | str]) -> FromClause:
    """(id): these ids, to be joined; text is as `UUID.hex` writes it."""
    given: BindParameter[Any] = bindparam(None, list(ids), type_=_Ids())
    return _Each(given).table_valued(column("id", Uuid())).alias()


class _Ids(TypeDecorator[list[uuid.UUID | str]]):
    """An array where there are arrays, and otherwise JSON of ids as they are stored."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        native: TypeEngine[Any] = ARRAY(Uuid(as_uuid=False)) if dialect.name == "postgresql" else String()
        return dialect.type_descriptor(native)

    def process_bind_param(self, value: list[uuid.UUID | str] | None, dialect: Dialect) -> Any:
        given = [one if isinstance(one, str) else one.hex for one in value or []]
        return given if dialect.name == "postgresql" else json.dumps(given)


class _Each(GenericFunction[Any]):
    inherit_cache = True
    name = "each"


@compiles(_Each)
def _of_json(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    given = compiler.process(element.clauses, **kw)
    return f"(SELECT value AS id FROM json_each({given}))"  # noqa: S608 - the name of a parameter


@compiles(_Each, "postgresql")
def _of_array(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    return f"(SELECT unnest({compiler.process(element.clauses, **kw)}) AS id)"
