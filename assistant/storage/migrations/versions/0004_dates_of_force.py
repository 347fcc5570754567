"""Dates of force and names of texts, as administrators correct them"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "instrument_dates",
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("family", sa.String(length=50), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("repealed_from", sa.Date(), nullable=True),
        sa.Column("repealed_by", sa.Text(), nullable=False),
        sa.Column("transition", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_instrument_dates")),
    )
    op.create_table(
        "document_identities",
        sa.Column("file_name", sa.String(length=500), nullable=False),
        sa.Column("read_number", sa.String(length=200), nullable=False),
        sa.Column("read_title", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("file_name", "read_number", name=op.f("pk_document_identities")),
    )


def downgrade() -> None:
    op.drop_table("document_identities")
    op.drop_table("instrument_dates")
