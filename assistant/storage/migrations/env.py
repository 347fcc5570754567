"""Alembic's entry point: it is always given a connection by `database`."""

from alembic import context

from assistant.storage import account_tables
from assistant.storage.tables import Base

assert account_tables  # its tables are now in the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
