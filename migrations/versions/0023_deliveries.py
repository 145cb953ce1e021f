"""Boxes in shipments, answers of receivers, links for buyers, goods that came back, goods of suppliers."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# What was stated is never rewritten: the database itself refuses, whoever asks.
APPENDED = (
    *("unit_sent", "settled_operation", "operation_return", "supplied_batch"),
    *("delivery_note", "shipment_answer", "answer_line", "answer_photo"),
)
BEFORE = (
    *("make", "grade", "pack", "repack", "split", "merge", "transform"),
    *("loss", "destroy", "sample", "move", "ship", "take_back"),
)
KINDS = (*BEFORE[:-1], "return", "receive", "take_back")
# As the product makes its short codes: seven characters and one that makes the weighted sum zero.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def guard(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
    else:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_rewriting()"
        )


def know(kinds: tuple[str, ...]) -> None:
    """SQLite makes the table anew for its check, and its triggers go with the old one."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("operation") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_operation_kind_known"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_operation_kind_known"), sa.text(f"kind IN ({listed})")
        )
    if op.get_bind().dialect.name == "sqlite":
        guard("operation")


def refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="RESTRICT"
    )


def check(table: str, name: str, said: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(said, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    know(KINDS)
    op.create_table(
        "unit_sent",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        refers("unit_sent", "operation_id", "operation"),
        refers("unit_sent", "unit_id", "logistic_unit"),
        sa.PrimaryKeyConstraint("operation_id", "unit_id", name=op.f("pk_unit_sent")),
    )
    op.create_index(op.f("ix_unit_sent_unit_id"), "unit_sent", ["unit_id"])
    op.create_table(
        "settled_operation",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        refers("settled_operation", "operation_id", "operation"),
        sa.PrimaryKeyConstraint("operation_id", name=op.f("pk_settled_operation")),
    )
    op.create_table(
        "operation_return",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("of_operation_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("kg", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=True),
        check("operation_return", "kg_positive", "kg > 0"),
        check("operation_return", "pieces_positive", "pieces > 0"),
        refers("operation_return", "operation_id", "operation"),
        refers("operation_return", "of_operation_id", "operation"),
        refers("operation_return", "batch_id", "batch"),
        sa.PrimaryKeyConstraint("operation_id", "position", name=op.f("pk_operation_return")),
    )
    op.create_index("ix_operation_return_of", "operation_return", ["of_operation_id", "batch_id"])
    op.create_index(op.f("ix_operation_return_batch_id"), "operation_return", ["batch_id"])
    op.create_table(
        "supplied_batch",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("sender_batch_id", sa.Uuid(), nullable=True),
        sa.Column("sending_id", sa.Uuid(), nullable=True),
        sa.Column("their_lot", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=True),
        sa.Column("harvested_on", sa.Date(), nullable=True),
        sa.Column("named", sa.Boolean(), nullable=False),
        check("supplied_batch", "of_one_supplier", "(partner_id IS NULL) <> (sender_batch_id IS NULL)"),
        check("supplied_batch", "sent_by_an_operation", "(sender_batch_id IS NULL) = (sending_id IS NULL)"),
        refers("supplied_batch", "batch_id", "batch"),
        refers("supplied_batch", "partner_id", "partner"),
        refers("supplied_batch", "sender_batch_id", "batch"),
        refers("supplied_batch", "sending_id", "operation"),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_supplied_batch")),
    )
    for column in ("partner_id", "sender_batch_id", "sending_id"):
        op.create_index(op.f(f"ix_supplied_batch_{column}"), "supplied_batch", [column])
    op.create_table(
        "delivery_note",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        refers("delivery_note", "shipment_id", "shipment"),
        sa.PrimaryKeyConstraint("shipment_id", name=op.f("pk_delivery_note")),
        sa.UniqueConstraint("code", name=op.f("uq_delivery_note_code")),
    )
    op.create_table(
        "shipment_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        refers("shipment_link", "shipment_id", "shipment"),
        refers("shipment_link", "made_by", "membership"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_shipment_link_token_hash")),
    )
    op.create_index(op.f("ix_shipment_link_shipment_id"), "shipment_link", ["shipment_id"])
    op.create_table(
        "shipment_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("cooperative_id", sa.Uuid(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("link_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        check("shipment_answer", "verdict_known", "verdict IN ('accepted', 'partly', 'rejected')"),
        check("shipment_answer", "channel_known", "channel IN ('platform', 'link', 'told')"),
        check("shipment_answer", "link_is_named", "(channel = 'link') = (link_id IS NOT NULL)"),
        check(
            "shipment_answer", "receiver_is_named", "(channel = 'platform') = (cooperative_id IS NOT NULL)"
        ),
        check("shipment_answer", "member_is_named", "(channel = 'link') = (answered_by IS NULL)"),
        check("shipment_answer", "refusal_has_reason", "verdict = 'accepted' OR reason IS NOT NULL"),
        refers("shipment_answer", "shipment_id", "shipment"),
        refers("shipment_answer", "cooperative_id", "cooperative"),
        refers("shipment_answer", "answered_by", "membership"),
        refers("shipment_answer", "link_id", "shipment_link"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_answer")),
        sa.UniqueConstraint("shipment_id", name=op.f("uq_shipment_answer_shipment_id")),
    )
    op.create_index(op.f("ix_shipment_answer_cooperative_id"), "shipment_answer", ["cooperative_id"])
    op.create_table(
        "answer_line",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_kg", sa.BigInteger(), nullable=False),
        sa.Column("accepted_pieces", sa.Integer(), nullable=True),
        sa.Column("rejected_kg", sa.BigInteger(), nullable=False),
        sa.Column("rejected_pieces", sa.Integer(), nullable=True),
        check("answer_line", "accepted_not_negative", "accepted_kg >= 0"),
        check("answer_line", "rejected_not_negative", "rejected_kg >= 0"),
        refers("answer_line", "answer_id", "shipment_answer"),
        refers("answer_line", "batch_id", "batch"),
        sa.PrimaryKeyConstraint("answer_id", "batch_id", name=op.f("pk_answer_line")),
    )
    op.create_index(op.f("ix_answer_line_batch_id"), "answer_line", ["batch_id"])
    op.create_table(
        "answer_photo",
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("photo_id", sa.Uuid(), nullable=False),
        refers("answer_photo", "answer_id", "shipment_answer"),
        refers("answer_photo", "photo_id", "photo"),
        sa.PrimaryKeyConstraint("answer_id", "photo_id", name=op.f("pk_answer_photo")),
    )
    op.create_index(op.f("ix_answer_photo_photo_id"), "answer_photo", ["photo_id"])
    give_codes()
    for table in APPENDED:
        guard(table)


def give_codes() -> None:
    """Shipments that were written before get a code, too: their notes can be printed now."""
    connection = op.get_bind()
    taken = {
        code
        for table in ("batch", "logistic_unit")
        for (code,) in connection.execute(sa.text(f"SELECT code FROM {table}"))
    }
    note = sa.table("delivery_note", sa.column("shipment_id"), sa.column("code"))
    for (shipment_id,) in connection.execute(sa.text("SELECT id FROM shipment")).all():
        while (code := new_code()) in taken:
            pass
        taken.add(code)
        connection.execute(note.insert().values(shipment_id=shipment_id, code=code))


def check_character(body: str) -> str:
    total = 0
    for letter in [*body, ALPHABET[0]]:
        doubled = total << 1
        total = (doubled ^ 0b100101 if doubled & 0b100000 else doubled) ^ ALPHABET.index(letter)
    return ALPHABET[total]


def new_code() -> str:
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(7))
        code = body + check_character(body)
        if any(letter not in "0123456789E" for letter in code):
            return code


def downgrade() -> None:
    kept = ("operation_return", "supplied_batch", "shipment_answer")
    if any(op.get_bind().execute(sa.text(f"SELECT 1 FROM {table}")).first() for table in kept):
        raise RuntimeError("Goods were received, answered for or came back; the older version cannot tell.")
    for table in reversed(("unit_sent", "settled_operation", "operation_return", "supplied_batch")):
        op.drop_table(table)
    for table in ("answer_photo", "answer_line", "shipment_answer", "shipment_link", "delivery_note"):
        op.drop_table(table)
    know(BEFORE)
