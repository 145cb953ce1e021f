"""Lists in pages: newest first, continued after the last id, so that a growing list skips and repeats nothing."""

import uuid
from collections.abc import Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
After = Annotated[uuid.UUID | None, Query(description="`next` of the page before.")]


class PageOf(BaseModel, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: uuid.UUID | None = Field(
        description="Send it as `after` for the following page; null on the last one."
    )


def cut(rows: Sequence[Any], limit: int) -> tuple[Sequence[Any], uuid.UUID | None]:
    """`rows` were asked for with one more than `limit`: answer the page and where the next one begins."""
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None
