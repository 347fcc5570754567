"""Questions that lead to articles: confirmed by ratings, written by a model"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmed_questions",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=50), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["rating_id"],
            ["ratings.id"],
            name=op.f("fk_confirmed_questions_rating_id_ratings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("rating_id", "instrument", name=op.f("pk_confirmed_questions")),
    )
    with op.batch_alter_table("confirmed_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_confirmed_questions_identity"), ["identity"], unique=False
        )
    op.create_table(
        "generated_questions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("model", sa.String(length=200), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("generated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", "model", name=op.f("pk_generated_questions")),
    )


def downgrade() -> None:
    op.drop_table("generated_questions")
    op.drop_table("confirmed_questions")
