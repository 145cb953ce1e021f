"""Questions about lists of pesticides, and what they say about a label."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.catalogue import list_rules
from trace.catalogue.list_rules import KEY_LENGTH, Row, Standing, squeezed
from trace.catalogue.models import Input, InputKind, PesticideList, PesticideListLine
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.places.rules import fold


class Verdict(StrEnum):
    """What the lists in force say about a label."""

    ALLOWED = "allowed"
    BANNED = "banned"
    NOT_LISTED = "not_listed"
    NO_LIST = "no_list"


@dataclass(frozen=True, slots=True)
class Status:
    """A verdict with the list it comes from; `crops` are the lines that an allowed product is registered on."""

    verdict: Verdict
    by: PesticideList | None = None
    rows: tuple[Row, ...] = ()

    def registered_for(self, crop: str | None) -> bool | None:
        """None where nobody can say: the product is on no list, or the list says nothing about crops."""
        if self.verdict != Verdict.ALLOWED or not crop:
            return None
        return list_rules.registered_for(crop, self.rows)


@dataclass(frozen=True, slots=True)
class Label:
    """What is compared with the lists: the names on a label, from the list of inputs or typed."""

    trade_name: str
    active_ingredient: str | None


def access_list(db: Session, by: Actor, list_id: uuid.UUID) -> PesticideList:
    return own(db, by, PesticideList, list_id)


def lists(db: Session, by: Actor) -> list[PesticideList]:
    """All that were ever imported; the one that came into force last stands first."""
    wanted = select(PesticideList).where(PesticideList.cooperative_id == by.cooperative_id)
    return sorted(db.exec(wanted).all(), key=_age, reverse=True)


def newest(db: Session, by: Actor, standing: Standing) -> PesticideList | None:
    """The one that came or comes into force last."""
    return next((one for one in lists(db, by) if one.standing == standing), None)


def in_force(db: Session, by: Actor, on: date) -> Mapping[str, PesticideList]:
    """The list of each standing that was in force on a day; a standing without one is missing."""
    found: dict[str, PesticideList] = {}
    for one in lists(db, by):
        if one.in_force_on <= on:
            found.setdefault(one.standing, one)
    return found


def rows_of(db: Session, list_id: uuid.UUID) -> list[Row]:
    """The lines of a list in its own order."""
    wanted = select(PesticideListLine).where(PesticideListLine.list_id == list_id)
    return [_row(line) for line in db.exec(wanted.order_by(col(PesticideListLine.number))).all()]


def lines_of(db: Session, list_id: uuid.UUID, *, q: str, after: int, limit: int) -> list[Row]:
    """The lines that hold `q` in any of their names, without marks; from the row behind `after`."""
    wanted = fold(q)
    found = (row for row in rows_of(db, list_id) if row.number > after and wanted in fold(" ".join(row.said)))
    return [row for row, _ in zip(found, range(limit), strict=False)]


def status(db: Session, by: Actor, label: Label, *, on: date) -> Status:
    return statuses(db, by, [label], on=on)[0]


def statuses(db: Session, by: Actor, labels: Sequence[Label], *, on: date) -> list[Status]:
    """What the lists in force on a day say about each label, in the order of the labels."""
    current = in_force(db, by, on)
    allowed, banned = current.get(Standing.ALLOWED), current.get(Standing.BANNED)
    against = rows_of(db, banned.id) if banned else []
    registered = _registered(db, allowed, labels) if allowed else {}
    found = []
    for label in labels:
        row = list_rules.banned_name(label.trade_name, label.active_ingredient, against)
        if row:
            found.append(Status(Verdict.BANNED, banned, (row,)))
        elif allowed is None:
            found.append(Status(Verdict.NO_LIST))
        elif rows := registered.get(_key(label.trade_name)):
            found.append(Status(Verdict.ALLOWED, allowed, tuple(rows)))
        else:
            found.append(Status(Verdict.NOT_LISTED, allowed))
    return found


def listings(db: Session, by: Actor, found: Iterable[Input], *, on: date) -> Mapping[uuid.UUID, Status]:
    """The status of each pesticide among these inputs; no other kind is on a list."""
    pesticides = [one for one in found if one.kind == InputKind.PESTICIDE]
    labels = [Label(one.trade_name, one.active_ingredient) for one in pesticides]
    told = statuses(db, by, labels, on=on) if labels else []
    return {one.id: status for one, status in zip(pesticides, told, strict=True)}


def must_not_be_banned(db: Session, by: Actor, label: Label, *, on: date, field: str) -> None:
    """Refuse what a banned list in force names, with the list and the name that stands there."""
    found = status(db, by, label, on=on)
    if found.verdict == Verdict.BANNED and found.by:
        row = found.rows[0]
        raise Refused(
            N_(
                "{name} may not be used: “{listed}” stands on the banned list of {circular}, "
                "in force since {since}."
            ),
            field=field,
            name=label.trade_name,
            listed=row.trade_name or row.active_ingredient,
            circular=found.by.circular,
            since=found.by.in_force_on,
        )


def _registered(db: Session, allowed: PesticideList, labels: Iterable[Label]) -> Mapping[str, list[Row]]:
    keys = {_key(label.trade_name) for label in labels} - {""}
    wanted = select(PesticideListLine).where(
        PesticideListLine.list_id == allowed.id, col(PesticideListLine.trade_key).in_(keys)
    )
    found: dict[str, list[Row]] = {}
    for line in db.exec(wanted.order_by(col(PesticideListLine.number))).all():
        found.setdefault(line.trade_key, []).append(_row(line))
    return found


def _key(trade_name: str) -> str:
    return squeezed(trade_name)[:KEY_LENGTH]


def _age(one: PesticideList) -> tuple[date, object, uuid.UUID]:
    return one.in_force_on, one.imported_at, one.id


def _row(line: PesticideListLine) -> Row:
    return Row(line.number, line.active_ingredient, line.trade_name, line.target, line.crop, line.registrant)
