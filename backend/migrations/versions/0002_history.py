"""What the history needs: whole edits, when a merged row began, how far merging has come."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "document",
        sa.Column("compacted_seq", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column(
        "document_update",
        sa.Column("at_once", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "document_update", sa.Column("began_at", sa.DateTime(timezone=True), nullable=True)
    )


def downgrade() -> None:
    op.drop_column("document_update", "began_at")
    op.drop_column("document_update", "at_once")
    op.drop_column("document", "compacted_seq")
