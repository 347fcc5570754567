"""The issue of the Bulletin officiel that a document reproduces"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bulletin_number", sa.String(20), nullable=True))
        batch_op.add_column(sa.Column("bulletin_day", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_column("bulletin_day")
        batch_op.drop_column("bulletin_number")
