"""Ids by the thousand in one statement."""

from sqlalchemy import select
from sqlmodel import Session

from trace.kit.ids import new_id
from trace.kit.many import many


def test_more_ids_than_a_database_takes_parameters_are_one_table(db: Session) -> None:
    ids = [new_id() for _ in range(70_000)]
    assert list(db.scalars(select(many(ids).c.id))) == ids
    assert list(db.scalars(select(many([one.hex for one in ids[:2]]).c.id))) == ids[:2]
    assert list(db.scalars(select(many([]).c.id))) == []
