"""What every table shares: naming, exact quantities, closed sets of words."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import declared_attr
from sqlmodel import SQLModel

# Every constraint has a name, so that a migration can find it again on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class Table(SQLModel):
    """A table, named after its class in snake case. Tables are never parsed from the outside."""

    __table_args__: ClassVar[Any] = ()

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - SQLAlchemy calls it with the class
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


class Thousandths(TypeDecorator[Decimal]):
    """An exact decimal with three places, kept as a whole number because SQLite has no decimals."""

    impl = BigInteger
    cache_ok = True
    parts: ClassVar[int] = 1000

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is None:
            return None
        scaled = value * self.parts
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more decimal places than are kept")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value) / self.parts


class Millionths(Thousandths):
    """The same with six places: a laboratory finds less than a thousandth of a milligram."""

    cache_ok = True
    parts: ClassVar[int] = 1_000_000


class Numbers(TypeDecorator[tuple[Decimal, ...]]):
    """A few exact decimals in their order, kept as text: they are read together or not at all."""

    impl = String(200)
    cache_ok = True

    def process_bind_param(self, value: tuple[Decimal, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return " ".join(f"{one:f}" for one in value) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Decimal, ...] | None:  # noqa: ARG002
        return tuple(map(Decimal, value.split())) if value else None


def one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    """The database's own guard that `column` holds one of `words`; the words are stored by value."""
    listed = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")
