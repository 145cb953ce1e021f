"""The pre-harvest gate: the one thing about the diary's content that is refused and not only asked about.

A harvest waits for every spraying of its crop, and of the crops that stand beside it on the plot, until the interval
on the label has passed. Only a manager lets one go before, with a reason that stays with the fruit. Sprayings are
never refused: what was done must be written, even when it shows that a harvest came too early.
"""

from datetime import datetime
from typing import Final

from trace.accounts.actor import Actor
from trace.kit.problems import Fault, Refused
from trace.kit.translation import N_
from trace.records import rules
from trace.records.harvest_kinds import RecordHarvest
from trace.records.models import EarlyHarvest, Record
from trace.records.queries import Crop
from trace.records.rules import Spray

# “.” is no reason, and it would stand on every label's page.
_SHORTEST_REASON: Final = 10


class TooEarly(Refused):
    """A harvest that did not wait. Whoever may let it go all the same is told how."""

    def __init__(self, spray: Spray, *, by: Actor) -> None:
        super().__init__(
            N_(
                "{trade_name} was sprayed on {sprayed_on} with a pre-harvest interval of {phi_days} days: "
                "harvest from {harvest_from}."
            ),
            **spray.told,
        )
        self.faults = [Fault("happened_at", self.message, self.values, "too_early")]
        if by.manages:
            told = N_("Wait, or write why this fruit is harvested before. Shoppers read it, and it stays.")
            self.faults.append(Fault("early_reason", told, {}, "needed"))
        else:
            told = N_("Not before, unless a manager of the cooperative decides so and writes why. Ask one.")
            self.faults.append(Fault("", told, {}, "too_early"))


def pass_gate(
    command: RecordHarvest, crop: Crop, corrected: Record | None, *, by: Actor, now: datetime
) -> EarlyHarvest | None:
    """What a manager's override leaves behind; None where none is needed. Raises TooEarly.

    A correction that brings the harvest no further before its day passes and is asked about: the fruit is cut, and
    what is said about it must be able to become true.
    """
    at = rules.done_at(command.happened_at, received_at=now)
    spray = rules.broken_interval(crop.sprays, harvested_at=at)
    if spray is None:
        if command.early_reason:
            raise Refused(
                N_("No interval is broken on that day, so no reason is needed. Leave this empty."),
                field="early_reason",
            )
        return None
    if command.early_reason and by.manages:
        return _override(command, command.early_reason, spray)
    if corrected is None or _is_earlier(at, corrected, crop):
        raise TooEarly(spray, by=by)
    if command.early_reason:
        raise Refused(N_("Only a manager of the cooperative gives this reason."), field="early_reason")
    return None


def _override(command: RecordHarvest, reason: str, spray: Spray) -> EarlyHarvest:
    if len(reason) < _SHORTEST_REASON:
        raise Refused(N_("Write it so that a shopper understands it, in a few words."), field="early_reason")
    return EarlyHarvest(record_id=command.id, spray_id=spray.record_id, reason=reason)


def _is_earlier(at: datetime, corrected: Record, crop: Crop) -> bool:
    """Whether the harvest would come further before its day than the record that is corrected."""
    before = rules.done_at(corrected.happened_at, received_at=corrected.received_at)
    return rules.days_too_early(crop.sprays, harvested_at=at) > rules.days_too_early(
        crop.sprays, harvested_at=before
    )
