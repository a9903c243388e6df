"""Jobs; what is found in models and made from them: validation, variants, curators' pictures."""

import sqlalchemy as sa
from alembic import op

import exhibit_api.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("assets") as assets:
        assets.add_column(sa.Column("validation", sa.JSON(), nullable=True))
        assets.add_column(sa.Column("waivers", sa.JSON(), nullable=False, server_default="[]"))
        assets.add_column(sa.Column("recipe", sa.Integer(), nullable=False, server_default="0"))
        assets.add_column(sa.Column("reasons", sa.JSON(), nullable=False, server_default="[]"))
        assets.add_column(sa.Column("repaired", sa.String(length=64), nullable=True))
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("run_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", exhibit_api.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=True),
        sa.Column("progress", sa.JSON(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("finished_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", "kind", name=op.f("uq_jobs_key_kind")),
    )
    op.create_index("ix_jobs_state_run_at", "jobs", ["state", "run_at"], unique=False)
    op.create_table(
        "variants",
        sa.Column("asset", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=True),
        sa.Column("form", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["asset"], ["assets.sha256"], name=op.f("fk_variants_asset"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("asset", "name", name=op.f("pk_variants")),
    )
    op.create_index("ix_variants_sha256", "variants", ["sha256"], unique=False)
    op.create_table(
        "pictures",
        sa.Column("exhibit", sa.String(length=120), nullable=False),
        sa.Column("width", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["exhibit"], ["records.id"], name=op.f("fk_pictures_exhibit"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("exhibit", "width", name=op.f("pk_pictures")),
    )
    op.create_index("ix_pictures_sha256", "pictures", ["sha256"], unique=False)


def downgrade() -> None:
    """Go back."""
    op.drop_index("ix_pictures_sha256", table_name="pictures")
    op.drop_table("pictures")
    op.drop_index("ix_variants_sha256", table_name="variants")
    op.drop_table("variants")
    op.drop_index("ix_jobs_state_run_at", table_name="jobs")
    op.drop_table("jobs")
    for name in ("repaired", "reasons", "recipe", "waivers", "validation"):
        op.drop_column(
            "assets", name
        )  # a batch would make the table anew, and the old one's end would cascade to holdings
