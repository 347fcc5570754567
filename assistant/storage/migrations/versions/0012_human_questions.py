"""Questions sent to a human, and what was answered."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "human_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("instruments", sa.JSON(), nullable=False),
        sa.Column("asked_in", sa.JSON(), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        _key("turn_id", "turns", "SET NULL"),
        _key("person_id", "people", "CASCADE"),
        _key("closed_by", "people", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_human_questions")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_human_questions_turn_id")),
    )
    for column in ("person_id", "identity", "standing"):
        op.create_index(op.f(f"ix_human_questions_{column}"), "human_questions", [column])


def _key(column: str, table: str, on_delete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"{table}.id"],
        name=op.f(f"fk_human_questions_{column}_{table}"),
        ondelete=on_delete,
    )


def downgrade() -> None:
    op.drop_table("human_questions")
