"""Runs the one migration history on whichever database the product uses."""

from alembic import context

from trace.kit.database import make_engine
from trace.tables import metadata


def run() -> None:
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    engine = make_engine(context.config.attributes["url"], connections=1)
    try:
        with engine.connect() as connection:
            sqlite = connection.dialect.name == "sqlite"
            if sqlite:
                # A table that is rebuilt would take its children with it; the check below makes up for this.
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")
            with connection.begin():
                if not sqlite:
                    # Who comes second waits here, and then finds nothing left to do.
                    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('trace migrations'))")
                    connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
                _migrate(connection)
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("A migration left rows that point to nothing; nothing was changed.")
    finally:
        engine.dispose()


_PLAIN = {
    "Thousandths": "sa.BigInteger()",
    "Numbers": "sa.String(length=200)",
    "Millionths": "sa.BigInteger()",
    "UTCDateTime": "sa.DateTime(timezone=True)",
}


def _render(kind, thing, _context):
    """A migration stands on its own: it names plain column types, never the product's code."""
    if kind != "type":
        return False
    name = type(thing).__name__
    if name == "AutoString":
        return f"sa.String(length={thing.length})" if thing.length else "sa.String()"
    return _PLAIN.get(name, False)


def _migrate(connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=_render,
        transaction_per_migration=False,
    )
    context.run_migrations()


run()
