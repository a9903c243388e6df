"""Room in quotas for collections that wait to be imported. Those that wait already are forgotten within days, and are not counted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "reservations",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reservations")),
    )
    op.create_index("ix_reservations_organisation", "reservations", ["organisation"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("reservations")
