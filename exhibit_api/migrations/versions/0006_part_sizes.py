"""The size of an upload's parts, where it was announced."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("uploads") as table:
        table.add_column(sa.Column("part_bytes", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Go back."""
    with op.batch_alter_table("uploads") as table:
        table.drop_column("part_bytes")
