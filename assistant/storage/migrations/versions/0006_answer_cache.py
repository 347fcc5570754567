"""Answers given again, and how often what is searched has changed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    corpus = op.create_table(
        "corpus",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corpus")),
    )
    op.bulk_insert(corpus, [{"id": 1, "version": 0}])
    op.create_table(
        "cached_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("stressed", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("answer_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["answers.id"],
            name=op.f("fk_cached_answers_answer_id_answers"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cached_answers")),
    )
    with op.batch_alter_table("cached_answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cached_answers_key"), ["key"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_cached_answers_answer_id"), ["answer_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("cached_answers")
    op.drop_table("corpus")
