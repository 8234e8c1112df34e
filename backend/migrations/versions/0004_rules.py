"""Rules of sources, order among the facts of an alert, replays, and ways to what is known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BEFORE = ("open_incident", "append", "repeat", "record", "ignore", "keep")
_INSTANTS = (
    *(("alert", "title_at"), ("alert", "severity_at"), ("alert", "triggered_at")),
    ("alert", "begun_after"),
    ("alert_delivery", "replayed_at"),
)


def upgrade() -> None:
    json_type = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    op.add_column("alert_source", sa.Column("rules", json_type, nullable=True))
    op.add_column(
        "alert_source",
        sa.Column("severity_map", json_type, server_default=sa.text("'{}'"), nullable=False),
    )
    for table, name in _INSTANTS:
        op.add_column(table, sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "alert_signal",
        sa.Column("superseded", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    _allow((*_BEFORE, "attach"))
    op.create_index("ix_alert_source_id_dedup_key", "alert", ["source_id", "dedup_key", "id"])
    op.drop_index("ix_alert_incident_id", table_name="alert")
    op.create_index("ix_alert_incident_id_id", "alert", ["incident_id", "id"])
    op.create_index("ix_incident_first_service", "incident", [sa.text("(services[1])"), "id"])


def downgrade() -> None:
    op.drop_index("ix_incident_first_service", table_name="incident")
    op.drop_index("ix_alert_incident_id_id", table_name="alert")
    op.create_index("ix_alert_incident_id", "alert", ["incident_id"])
    op.drop_index("ix_alert_source_id_dedup_key", table_name="alert")
    op.execute("UPDATE alert_signal SET decision = 'append' WHERE decision = 'attach'")
    _allow(_BEFORE)
    op.drop_column("alert_signal", "superseded")
    for table, name in _INSTANTS:
        op.drop_column(table, name)
    op.drop_column("alert_source", "severity_map")
    op.drop_column("alert_source", "rules")


def _allow(decisions: tuple[str, ...]) -> None:
    op.drop_constraint(op.f("ck_alert_signal_decision"), "alert_signal", type_="check")
    listed = ", ".join(f"'{decision}'" for decision in decisions)
    op.create_check_constraint(
        op.f("ck_alert_signal_decision"), "alert_signal", f"decision IN ({listed})"
    )
