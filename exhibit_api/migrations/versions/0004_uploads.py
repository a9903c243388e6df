"""Models that are sent in parts, and doors for browsers."""

import sqlalchemy as sa
from alembic import op

import exhibit_api.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "uploads",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("exhibit", sa.String(length=120), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("filename", sa.String(length=300), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("arrived", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(length=1024), nullable=True),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=True),
        sa.Column("found", sa.String(length=64), nullable=True),
        sa.Column("problem", sa.JSON(), nullable=True),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("touched_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exhibit"], ["records.id"], name=op.f("fk_uploads_exhibit"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    for column in ("actor", "exhibit", "organisation", "state"):
        op.create_index(f"ix_uploads_{column}", "uploads", [column], unique=False)
    op.create_index("ix_edition_blobs_source", "edition_blobs", ["source"], unique=False)
    op.create_table(
        "upload_doors",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("token", sa.String(length=20), nullable=False),
        sa.Column("exhibit", sa.String(length=120), nullable=True),
        sa.Column("expires_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exhibit"], ["records.id"], name=op.f("fk_upload_doors_exhibit"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["token"], ["tokens.id"], name=op.f("fk_upload_doors_token"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_upload_doors")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("upload_doors")
    op.drop_index("ix_edition_blobs_source", table_name="edition_blobs")
    op.drop_table("uploads")
