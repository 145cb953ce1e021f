"""Lists in pages: newest first, continued after the last id, so that a growing list skips and repeats nothing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field
from sqlalchemy import Select

T = TypeVar("T")
Wanted = TypeVar("Wanted", bound=Select[*tuple[Any, ...]])


class PageOf(BaseModel, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: uuid.UUID | None = Field(
        description="Send it as `after` for the following page; null on the last one."
    )


@dataclass(frozen=True)
class Paging:
    """Which page of a list is asked for."""

    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 50
    after: Annotated[uuid.UUID | None, Query(description="`next` of the page before.")] = None

    def newest(self, wanted: Wanted, id_: Any) -> Wanted:
        """The rows of the page and one more, which says that another page follows."""
        if self.after:
            wanted = wanted.where(id_ < self.after)
        return wanted.order_by(id_.desc()).limit(self.limit + 1)

    def cut(self, rows: Sequence[T]) -> tuple[Sequence[T], uuid.UUID | None]:
        """What `newest` found as the page, and where the next one begins."""
        last: Any = rows[self.limit - 1] if len(rows) > self.limit else None
        return rows[: self.limit], last.id if last else None


Asked = Annotated[Paging, Depends()]
