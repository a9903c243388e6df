"""Uploads keep what their senders recognise them by. Uploads and imports no longer keep what their senders were when they began: they end
by the rights that these have then."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("uploads") as table:
        table.drop_column("role")
        table.add_column(sa.Column("fingerprint", sa.String(length=64), nullable=True))
    with op.batch_alter_table("imports") as table:
        table.drop_column("role")


def downgrade() -> None:
    """Go back. Whoever sends may at least what a curator may."""
    for name in ("uploads", "imports"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("role", sa.String(length=20), nullable=False, server_default="curator"))
    with op.batch_alter_table("uploads") as table:
        table.drop_column("fingerprint")
