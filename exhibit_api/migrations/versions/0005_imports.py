"""Collections that are sent as spreadsheets."""

import sqlalchemy as sa
from alembic import op

import exhibit_api.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "imports",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("has_models", sa.Boolean(), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("touched_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    for column in ("actor", "organisation", "state"):
        op.create_index(f"ix_imports_{column}", "imports", [column], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_table("imports")
