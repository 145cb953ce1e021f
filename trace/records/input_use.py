"""What a record says about the input that was used, compared with its label, its lot and the lists in force."""

from collections.abc import Iterator

from sqlmodel import Session

from trace.accounts.actor import Actor
from trace.catalogue import list_queries, purchase_queries
from trace.catalogue.list_queries import Label, Verdict
from trace.catalogue.models import Input, Product, Purchase
from trace.catalogue.queries import access_input, label_interval
from trace.kit.clock import day_in_vietnam
from trace.kit.problems import Fault, Refused
from trace.kit.translation import N_
from trace.places.rules import fold
from trace.records import rules
from trace.records.kinds import AnyWork, RecordFertilising, RecordSowing, RecordSpraying
from trace.records.models import CropCycle, Record, Spraying

UsesInput = RecordSowing | RecordFertilising | RecordSpraying


def must_be_usable(db: Session, command: UsesInput, corrected: Record | None, *, by: Actor) -> None:
    """The input and the lot are the cooperative's own and belong together; a banned pesticide is refused."""
    if command.input_id:
        chosen = access_input(db, by, command.input_id)
        name = called(command)
        if name and fold(name) != fold(chosen.trade_name):
            raise Refused(
                N_("On the list this is called “{name}”. Choose the right one, or “not from the list”."),
                field="input_id",
                name=chosen.trade_name,
            )
    if command.purchase_id:
        bought = purchase_queries.access_purchase(db, by, command.purchase_id)
        last = purchase_queries.successors(db, by).get(bought.id, bought.id)
        if purchase_queries.access_purchase(db, by, last).input_id != command.input_id:
            raise Refused(N_("This lot is of another input. Choose it again."), field="purchase_id")
    if isinstance(command, RecordSpraying) and not _says_it_again(db, command, corrected):
        list_queries.must_not_be_banned(
            db,
            by,
            Label(command.trade_name, command.active_ingredient),
            on=day_in_vietnam(command.happened_at),
            field="trade_name",
        )


def doubts_about_input(db: Session, command: AnyWork, cycle: CropCycle, *, by: Actor) -> Iterator[Fault]:
    """What looks odd beside the label, the lot and the list. Asked, never refused."""
    if not isinstance(command, UsesInput):
        return
    yield from _expired(db, command)
    if isinstance(command, RecordSpraying):
        crop = db.get_one(Product, cycle.product_id).crop
        yield from _other_interval(db, command, crop, by=by)
        yield from _unlisted(db, command, crop, by=by)


def called(command: UsesInput) -> str | None:
    """What a record calls the input; sowing names the variety, which need not be the name on the packet."""
    if isinstance(command, RecordSpraying):
        return command.trade_name
    return command.fertiliser if isinstance(command, RecordFertilising) else None


def _says_it_again(db: Session, command: RecordSpraying, corrected: Record | None) -> bool:
    """Whether a correction leaves the name alone: what was done with a banned pesticide can be told better."""
    if corrected is None:
        return False
    before = db.get_one(Spraying, corrected.id)
    return (fold(before.trade_name), before.active_ingredient) == (
        fold(command.trade_name),
        command.active_ingredient,
    )


def _expired(db: Session, command: UsesInput) -> Iterator[Fault]:
    if command.purchase_id is None:
        return
    lot = db.get_one(Purchase, command.purchase_id)
    used_on = day_in_vietnam(command.happened_at)
    if lot.expires_on and lot.expires_on < used_on:
        yield rules.doubt(
            "purchase_id", N_("This lot expired on {day}. Was it really used?"), day=lot.expires_on
        )
    elif lot.bought_on > used_on:
        yield rules.doubt(
            "purchase_id",
            N_("This lot was bought on {day}, after the work. Is it the right one?"),
            day=lot.bought_on,
        )


def _other_interval(db: Session, command: RecordSpraying, crop: str | None, *, by: Actor) -> Iterator[Fault]:
    if not command.input_id or command.phi_days is None:
        return
    chosen: Input = access_input(db, by, command.input_id)
    declared = label_interval(db, chosen.id, crop)
    if declared is not None and declared != command.phi_days:
        yield rules.doubt(
            "phi_days",
            N_(
                "The label of {name} says {declared} days for {crop}, here stands {said}. Is the label different now?"
            ),
            name=chosen.trade_name,
            declared=declared,
            crop=crop,
            said=command.phi_days,
        )


def _unlisted(db: Session, command: RecordSpraying, crop: str | None, *, by: Actor) -> Iterator[Fault]:
    label = Label(command.trade_name, command.active_ingredient)
    found = list_queries.status(db, by, label, on=day_in_vietnam(command.happened_at))
    if found.by is None:
        return
    if found.verdict == Verdict.NOT_LISTED:
        yield rules.doubt(
            "trade_name",
            N_("{name} is not on the list of {circular}. Is it written as on the label?"),
            name=command.trade_name,
            circular=found.by.circular,
        )
    elif found.registered_for(crop) is False:
        yield rules.doubt(
            "trade_name",
            N_("The list of {circular} does not name {crop} for {name}: it is not registered for this crop."),
            circular=found.by.circular,
            crop=crop,
            name=command.trade_name,
        )
