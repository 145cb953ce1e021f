"""Imports every room's tables, for migrations and tests that need to know them all."""

from trace.accounts import models as accounts
from trace.batches import delivery_models as deliveries
from trace.batches import models as batches
from trace.batches import operation_models as operations
from trace.batches import unit_models as units
from trace.catalogue import models as catalogue
from trace.certificates import models as certificates
from trace.codes import models as codes
from trace.complaints import models as complaints
from trace.evidence import models as evidence
from trace.farms import models as farms
from trace.kit.tables import metadata
from trace.laboratory import models as laboratory
from trace.ledger import models as ledger
from trace.recalls import models as recalls
from trace.records import calendar_models as calendars
from trace.records import evidence_models, site_models
from trace.records import models as records
from trace.records import recipe_models as recipes
from trace.shipments import models as shipments

__all__ = [
    "accounts",
    "batches",
    "calendars",
    "catalogue",
    "certificates",
    "codes",
    "complaints",
    "deliveries",
    "evidence",
    "evidence_models",
    "farms",
    "laboratory",
    "ledger",
    "metadata",
    "operations",
    "recalls",
    "recipes",
    "records",
    "shipments",
    "site_models",
    "units",
]
