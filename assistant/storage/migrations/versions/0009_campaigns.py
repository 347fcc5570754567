"""Campaigns of rating: who rates what, what they gave, what a reviewer decided."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "configurations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_configurations")),
        sa.UniqueConstraint("digest", name=op.f("uq_configurations_digest")),
    )
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("guidelines", sa.Text(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("overlap_share", sa.Double(), nullable=False),
        sa.Column("overlap_raters", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f("ck_campaigns_state")),
        sa.CheckConstraint("overlap_raters IN (2, 3)", name=op.f("ck_campaigns_overlap_raters")),
        sa.CheckConstraint(
            "overlap_share BETWEEN 0 AND 1", name=op.f("ck_campaigns_overlap_share")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["people.id"], name=op.f("fk_campaigns_created_by_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
    )
    op.create_table(
        "campaign_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.String(length=32), nullable=False),
        sa.Column("configuration_id", sa.Integer(), nullable=False),
        sa.Column("other_answer_id", sa.String(length=32), nullable=True),
        sa.Column("other_configuration_id", sa.Integer(), nullable=True),
        sa.Column("question_identity", sa.String(length=64), nullable=False),
        sa.Column("question_kind", sa.String(length=100), nullable=False),
        sa.Column("instrument", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answers.id"], name=op.f("fk_campaign_items_answer_id_answers")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_items_campaign_id_campaigns"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["configuration_id"],
            ["configurations.id"],
            name=op.f("fk_campaign_items_configuration_id_configurations"),
        ),
        sa.ForeignKeyConstraint(
            ["other_answer_id"],
            ["answers.id"],
            name=op.f("fk_campaign_items_other_answer_id_answers"),
        ),
        sa.ForeignKeyConstraint(
            ["other_configuration_id"],
            ["configurations.id"],
            name=op.f("fk_campaign_items_other_configuration_id_configurations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_items")),
        sa.UniqueConstraint("campaign_id", "position", name=op.f("uq_campaign_items_campaign_id")),
    )
    with op.batch_alter_table("campaign_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_items_answer_id"), ["answer_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_campaign_items_campaign_id"), ["campaign_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_campaign_items_question_identity"), ["question_identity"], unique=False
        )

    op.create_table(
        "campaign_members",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("part IN ('rater', 'reviewer')", name=op.f("ck_campaign_members_part")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_members_campaign_id_campaigns"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_campaign_members_person_id_people")
        ),
        sa.PrimaryKeyConstraint(
            "campaign_id", "person_id", "part", name=op.f("pk_campaign_members")
        ),
    )
    op.create_table(
        "campaign_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("swapped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["campaign_items.id"],
            name=op.f("fk_campaign_assignments_item_id_campaign_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_campaign_assignments_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_assignments")),
        sa.UniqueConstraint("item_id", "person_id", name=op.f("uq_campaign_assignments_item_id")),
    )
    with op.batch_alter_table("campaign_assignments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_assignments_item_id"), ["item_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_campaign_assignments_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "item_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("corrected_answer", sa.Text(), nullable=False),
        sa.Column("right_articles", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("preference", sa.String(length=10), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "preference IN ('first', 'second', 'tie')", name=op.f("ck_item_decisions_preference")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"],
            ["campaign_items.id"],
            name=op.f("fk_item_decisions_item_id_campaign_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_item_decisions_person_id_people")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_decisions")),
    )
    with op.batch_alter_table("item_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_decisions_item_id"), ["item_id"], unique=False)

    op.create_table(
        "item_ratings",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sentences", sa.JSON(), nullable=False),
        sa.Column("citations", sa.JSON(), nullable=False),
        sa.Column("corrected_answer", sa.Text(), nullable=False),
        sa.Column("right_articles", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("preference", sa.String(length=10), nullable=True),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "preference IN ('first', 'second', 'tie')", name=op.f("ck_item_ratings_preference")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'discarded')", name=op.f("ck_item_ratings_state")
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["campaign_assignments.id"],
            name=op.f("fk_item_ratings_assignment_id_campaign_assignments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_item_ratings")),
    )
    with op.batch_alter_table("item_ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_ratings_state"), ["state"], unique=False)

    op.create_table(
        "campaign_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.Column("instrument", sa.String(length=200), nullable=False),
        sa.Column("article", sa.String(length=50), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "COALESCE(assignment_id, decision_id) IS NOT NULL",
            name=op.f("ck_campaign_questions_source"),
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["item_ratings.assignment_id"],
            name=op.f("fk_campaign_questions_assignment_id_item_ratings"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["item_decisions.id"],
            name=op.f("fk_campaign_questions_decision_id_item_decisions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_questions")),
    )
    with op.batch_alter_table("campaign_questions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_campaign_questions_identity"), ["identity"], unique=False
        )

    op.create_table(
        "item_scores",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(length=50), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_item_scores_score")),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["item_ratings.assignment_id"],
            name=op.f("fk_item_scores_assignment_id_item_ratings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assignment_id", "criterion", name=op.f("pk_item_scores")),
    )


def downgrade() -> None:
    op.drop_table("item_scores")
    with op.batch_alter_table("campaign_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_questions_identity"))

    op.drop_table("campaign_questions")
    with op.batch_alter_table("item_ratings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_ratings_state"))

    op.drop_table("item_ratings")
    with op.batch_alter_table("item_decisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_decisions_item_id"))

    op.drop_table("item_decisions")
    with op.batch_alter_table("campaign_assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_assignments_person_id"))
        batch_op.drop_index(batch_op.f("ix_campaign_assignments_item_id"))

    op.drop_table("campaign_assignments")
    op.drop_table("campaign_members")
    with op.batch_alter_table("campaign_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_items_question_identity"))
        batch_op.drop_index(batch_op.f("ix_campaign_items_campaign_id"))
        batch_op.drop_index(batch_op.f("ix_campaign_items_answer_id"))

    op.drop_table("campaign_items")
    op.drop_table("campaigns")
    op.drop_table("configurations")
