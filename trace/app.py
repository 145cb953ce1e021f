"""Puts the rooms together: the only module that knows every one of them."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio.to_thread
from fastapi import FastAPI
from starlette.types import ASGIApp

from trace.accounts import api as accounts_api
from trace.accounts import pages as accounts
from trace.batches import api as batches_api
from trace.batches import flow_pages as flows
from trace.batches import hold_api as holds_api
from trace.batches import hold_pages as holds
from trace.batches import operation_api as operations_api
from trace.batches import operation_pages as batch_operations
from trace.batches import pages as batches
from trace.batches import unit_api as units_api
from trace.batches import unit_pages as batch_units
from trace.catalogue import api as catalogue_api
from trace.catalogue import input_api as catalogue_input_api
from trace.catalogue import input_pages as catalogue_inputs
from trace.catalogue import list_api as catalogue_list_api
from trace.catalogue import list_pages as catalogue_lists
from trace.catalogue import pages as catalogue
from trace.catalogue import partner_api as catalogue_partner_api
from trace.catalogue import partner_pages as catalogue_partners
from trace.catalogue import purchase_api as catalogue_purchase_api
from trace.catalogue import purchase_pages as catalogue_purchases
from trace.certificates import api as certificates_api
from trace.certificates import pages as certificates
from trace.codes import api as codes_api
from trace.codes import number_pages as codes_numbers
from trace.codes import pages as codes
from trace.codes import run_api as codes_runs_api
from trace.codes import run_pages as codes_runs
from trace.complaints import api as complaints_api
from trace.complaints import pages as complaints
from trace.complaints import public_pages as complaints_public
from trace.evidence import api as evidence_api
from trace.evidence import pages as evidence
from trace.farms import api as farms_api
from trace.farms import consent_api as farms_consent_api
from trace.farms import consent_pages as farms_consents
from trace.farms import pages as farms
from trace.kit import files, guards, http, logs, openapi, operations, reference
from trace.kit.assets import Assets
from trace.kit.clock import Clock, wall_clock
from trace.kit.database import Database
from trace.laboratory import api as laboratory_api
from trace.laboratory import pages as laboratory
from trace.lookup import api as lookup_api
from trace.lookup import organisation_pages as lookup_organisations
from trace.lookup import pages as lookup
from trace.lookup import papers as lookup_papers
from trace.lookup import product_pages as lookup_products
from trace.lookup import resolver as lookup_resolver
from trace.places import api as places_api
from trace.places import queries as places
from trace.recalls import api as recalls_api
from trace.recalls import pages as recalls
from trace.records import api as records_api
from trace.records import calendar_api as records_calendar_api
from trace.records import calendar_pages as records_calendar
from trace.records import confirmation_pages as records_confirmations
from trace.records import corrections as records_corrections
from trace.records import cycle_pages as records_cycles
from trace.records import pages as records
from trace.records import recipe_api as records_recipe_api
from trace.records import recipe_pages as records_recipes
from trace.records import repeat_pages as records_repeats
from trace.records import site_pages as records_site
from trace.records import stock_api as records_stock_api
from trace.records import stock_pages as records_stock
from trace.reports import api as reports_api
from trace.reports import held_pages as reports_held
from trace.reports import pages as reports
from trace.settings import Settings, load
from trace.shipments import answer_api as shipments_answer_api
from trace.shipments import answer_pages as shipments_answers
from trace.shipments import api as shipments_api
from trace.shipments import delivery_pages as shipments_deliveries
from trace.shipments import incoming_pages as shipments_incoming
from trace.shipments import note_pages as shipments_notes
from trace.shipments import one_step_pages as shipments_one_step
from trace.shipments import pages as shipments
from trace.today import pages as today
from trace.tracing import api as tracing_api
from trace.tracing import pages as tracing

# Strangers' routes first: routing is linear.
ROUTERS: Final = (
    lookup_api.router,
    lookup.router,
    lookup_resolver.router,
    lookup_products.router,
    lookup_organisations.router,
    lookup_papers.router,
    complaints_public.router,
    codes.router,
    operations.router,
    places_api.router,
    reference.router,
    accounts.router,
    accounts_api.router,
    evidence.router,
    evidence_api.router,
    catalogue.router,
    catalogue_inputs.router,
    catalogue_purchases.router,
    catalogue_lists.router,
    catalogue_partners.router,
    catalogue_api.router,
    catalogue_input_api.router,
    catalogue_purchase_api.router,
    catalogue_list_api.router,
    catalogue_partner_api.router,
    farms.router,
    farms_consents.router,
    farms_api.router,
    farms_consent_api.router,
    records_repeats.router,  # its address would be a kind of work to the next
    records.router,
    records_cycles.router,
    records_corrections.router,
    records_stock.router,
    records_site.router,
    records_calendar.router,
    records_confirmations.router,
    records_recipes.router,
    records_recipe_api.router,
    records_calendar_api.router,
    records_api.router,
    records_stock_api.router,
    batches.router,
    batches_api.router,
    reports.router,
    reports_held.router,
    reports_api.router,
    batch_operations.router,
    operations_api.router,
    batch_units.router,
    units_api.router,
    codes_runs.router,
    codes_runs_api.router,
    codes_numbers.router,
    codes_api.router,
    flows.router,
    holds.router,
    holds_api.router,
    certificates.router,
    certificates_api.router,
    laboratory.router,
    laboratory_api.router,
    shipments.router,
    shipments_api.router,
    shipments_answer_api.router,
    shipments_answers.router,
    shipments_incoming.router,
    shipments_deliveries.router,
    shipments_notes.router,
    shipments_one_step.router,
    recalls.router,
    recalls_api.router,
    tracing.router,
    tracing_api.router,
    complaints.router,
    complaints_api.router,
    today.router,
)


def create_app(
    settings: Settings | None = None, *, database: Database | None = None, clock: Clock = wall_clock
) -> ASGIApp:
    """The product as one ASGI application. Tests bring their own database and clock."""
    settings = settings or load()
    logs.configure(settings.log_level)
    app = FastAPI(
        title="Trace",
        version="0.1.0",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.database = database or Database(settings.database, connections=settings.threads)
    app.state.files = files.of(settings)
    app.state.clock = clock
    http.install(app)
    openapi.describe(app)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", Assets())
    return _guarded(app, settings)


def _guarded(app: FastAPI, settings: Settings) -> ASGIApp:
    """From the inside out; the log is outermost, so that it sees every answer."""
    guarded: ASGIApp = guards.SameSite(app)
    guarded = guards.BodyLimit(guarded)
    guarded = guards.Utf8(guarded)
    guarded = guards.LowerCase(guarded)
    guarded = guards.HeadLikeGet(guarded)
    guarded = guards.SafeHeaders(guarded, secure=settings.secure)
    return logs.RequestLog(guarded)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
    # The index of places takes a second or two to build: not in the first newcomer's time.
    threading.Thread(target=places.search, args=("a",), daemon=True).start()
    yield
    app.state.database.close()
