"""What answers to shipments are called, and their icons."""

from typing import Final

from trace.kit.translation import N_
from trace.shipments.models import Channel, Verdict

VERDICTS: Final[dict[str, str]] = {
    Verdict.ACCEPTED: N_("Accepted"),
    Verdict.PARTLY: N_("Accepted in part"),
    Verdict.REJECTED: N_("Rejected"),
}
CHOICES: Final[dict[str, str]] = {
    Verdict.ACCEPTED: N_("Keep all of it"),
    Verdict.PARTLY: N_("Keep a part"),
    Verdict.REJECTED: N_("Keep nothing"),
}
ICONS: Final[dict[str, str]] = {
    Verdict.ACCEPTED: "ok",
    Verdict.PARTLY: "warning",
    Verdict.REJECTED: "close",
}
LOOKS: Final[dict[str, str]] = {Verdict.ACCEPTED: "ok", Verdict.PARTLY: "late", Verdict.REJECTED: "warning"}
CHANNELS: Final[dict[str, str]] = {
    Channel.PLATFORM: N_("said by the receiver here"),
    Channel.LINK: N_("said through the link"),
    Channel.TOLD: N_("told to us and written down here"),
}
