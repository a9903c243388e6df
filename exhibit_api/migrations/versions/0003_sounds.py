"""Sounds of exhibits, with their words."""

import sqlalchemy as sa
from alembic import op

import exhibit_api.db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "sounds",
        sa.Column("exhibit", sa.String(length=120), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exhibit"], ["records.id"], name=op.f("fk_sounds_exhibit"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exhibit", "id", name=op.f("pk_sounds")),
    )
    op.create_index("ix_sounds_sha256", "sounds", ["sha256"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_sounds_sha256", table_name="sounds")
    op.drop_table("sounds")
