"""What the kinds of complaints are called."""

from typing import Final

from trace.complaints.models import Matter
from trace.kit.translation import N_

MATTERS: Final = {
    Matter.PAGE: N_("The page of the batch says something untrue"),
    Matter.LABEL: N_("The label says something else than the page"),
    Matter.PRODUCE: N_("The produce itself is not right"),
    Matter.OTHER: N_("Something else"),
}
