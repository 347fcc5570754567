"""Alembic's entry point: it is always given a connection by `database`."""

from alembic import context

from assistant.storage import (
    account_tables,
    campaign_tables,
    conversation_tables,
    ingestion_tables,
)
from assistant.storage.tables import Base

assert account_tables  # their tables are now in the metadata
assert campaign_tables
assert conversation_tables
assert ingestion_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
