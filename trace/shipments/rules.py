"""What a receiver kept of what was sent, and what not; no I/O."""

from dataclasses import dataclass
from decimal import Decimal

from trace.batches.rules import Amount
from trace.kit.problems import Refused
from trace.kit.translation import N_
from trace.shipments.models import Verdict

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Division:
    """Of one batch of a shipment: together they are what was sent."""

    accepted: Amount
    rejected: Amount


def divided(
    verdict: Verdict, sent: Amount, kg: Decimal | None, pieces: int | None, *, field: str
) -> Division:
    """What was kept and what not of one line; `kg` and `pieces` are what was kept of a shipment kept in part.

    Pieces that nobody counted are not known on either side.
    """
    if verdict == Verdict.ACCEPTED:
        return Division(sent, Amount(_ZERO, None))
    if verdict == Verdict.REJECTED:
        return Division(Amount(_ZERO, None), sent)
    kept = _ZERO if kg is None else kg
    if kept > sent.kg:
        raise Refused(
            N_("Only {sent} kg of it were sent, so {kept} kg cannot have been kept."),
            field=f"{field}.accepted_kg",
            sent=sent.kg,
            kept=kept,
        )
    if pieces is not None and sent.pieces is not None and pieces > sent.pieces:
        raise Refused(
            N_("Only {sent} pieces of it were sent, so {kept} cannot have been kept."),
            field=f"{field}.accepted_pieces",
            sent=sent.pieces,
            kept=pieces,
        )
    if kept == sent.kg:
        return Division(sent, Amount(_ZERO, None))
    if not kept:
        return Division(Amount(_ZERO, None), sent)
    over = None if pieces is None or sent.pieces is None else sent.pieces - pieces
    return Division(Amount(kept, pieces or None), Amount(sent.kg - kept, over or None))


def must_be_partly(divisions: list[Division]) -> None:
    """Kept in part means that something was kept and something not."""
    if not any(one.accepted.kg for one in divisions):
        raise Refused(N_("Nothing was kept of it. Then it is rejected."), field="verdict")
    if not any(one.rejected.kg for one in divisions):
        raise Refused(N_("All of it was kept. Then it is accepted."), field="verdict")
