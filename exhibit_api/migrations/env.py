"""Alembic's entry: runs the migrations on the connection that `exhibit_api.migrate` hands over."""

from alembic import context

from exhibit_api.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
