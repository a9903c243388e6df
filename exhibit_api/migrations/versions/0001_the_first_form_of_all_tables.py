"""The first form of all tables, the ends of chains and locks, and the triggers that keep the audit log append-only."""

import sqlalchemy as sa
from alembic import op

import exhibit_api.db

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


APPEND_ONLY = {
    "sqlite": [
        f"""CREATE TRIGGER audit_entries_no_{deed.lower()} BEFORE {deed} ON audit_entries
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"""
        for deed in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        """CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""",
        """CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
    ],
}


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "assets",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_assets")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("deed", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entries")),
    )
    op.create_index("ix_audit_entries_organisation", "audit_entries", ["organisation"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index("ix_idempotency_keys_created_at", "idempotency_keys", ["created_at"], unique=False)

    op.create_table(
        "records",
        sa.Column("id", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("trade", sa.String(length=80), nullable=True),
        sa.Column("industry", sa.String(length=80), nullable=True),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
    )
    op.create_index("ix_records_kind_organisation", "records", ["kind", "organisation"], unique=False)
    op.create_index("ix_records_kind_year", "records", ["kind", "year"], unique=False)

    op.create_table(
        "tokens",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=True),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("expires_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_tokens_hash")),
    )
    op.create_index("ix_tokens_organisation", "tokens", ["organisation"], unique=False)

    op.create_table(
        "tree_lock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tree_lock")),
    )
    op.create_table(
        "exhibitions",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("keeper", sa.String(length=120), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["keeper"], ["records.id"], name=op.f("fk_exhibitions_keeper"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_exhibitions")),
    )
    op.create_index("ix_exhibitions_keeper", "exhibitions", ["keeper"], unique=False)

    op.create_table(
        "holdings",
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["assets.sha256"], name=op.f("fk_holdings_sha256"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("organisation", "sha256", name=op.f("pk_holdings")),
    )
    op.create_index("ix_holdings_sha256", "holdings", ["sha256"], unique=False)

    op.create_table(
        "links",
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("target", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["source"], ["records.id"], name=op.f("fk_links_source"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["target"], ["records.id"], name=op.f("fk_links_target"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("source", "target", name=op.f("pk_links")),
    )
    op.create_index("ix_links_target", "links", ["target"], unique=False)

    op.create_table(
        "portrayals",
        sa.Column("exhibit", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("changed_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exhibit"], ["records.id"], name=op.f("fk_portrayals_exhibit"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["sha256"], ["assets.sha256"], name=op.f("fk_portrayals_sha256"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("exhibit", name=op.f("pk_portrayals")),
    )
    op.create_index("ix_portrayals_sha256", "portrayals", ["sha256"], unique=False)

    op.create_table(
        "halls",
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("exhibition", sa.String(length=80), nullable=False),
        sa.Column("organisation", sa.String(length=80), nullable=False),
        sa.Column("keeper", sa.String(length=120), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibition"], ["exhibitions.slug"], name=op.f("fk_halls_exhibition"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["keeper"], ["records.id"], name=op.f("fk_halls_keeper"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_halls")),
    )
    op.create_index("ix_halls_exhibition", "halls", ["exhibition"], unique=False)
    op.create_index("ix_halls_keeper", "halls", ["keeper"], unique=False)
    op.create_index("ix_halls_organisation", "halls", ["organisation"], unique=False)

    op.create_table(
        "editions",
        sa.Column("hall", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("published_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.String(length=200), nullable=False),
        sa.Column("public", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.slug"], name=op.f("fk_editions_hall"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("hall", "number", name=op.f("pk_editions")),
    )
    op.create_index("ix_editions_sha256", "editions", ["sha256"], unique=False)

    op.create_table(
        "live",
        sa.Column("hall", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("changed_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.slug"], name=op.f("fk_live_hall"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hall", name=op.f("pk_live")),
    )
    op.create_table(
        "placards",
        sa.Column("hall", sa.String(length=80), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["hall"], ["halls.slug"], name=op.f("fk_placards_hall"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hall", "id", name=op.f("pk_placards")),
    )
    op.create_table(
        "placements",
        sa.Column("hall", sa.String(length=80), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("exhibit", sa.String(length=120), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_at", exhibit_api.db.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exhibit"], ["records.id"], name=op.f("fk_placements_exhibit"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["hall"], ["halls.slug"], name=op.f("fk_placements_hall"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hall", "id", name=op.f("pk_placements")),
        sa.UniqueConstraint("hall", "exhibit", name=op.f("uq_placements_hall_exhibit")),
    )
    op.create_index("ix_placements_exhibit", "placements", ["exhibit"], unique=False)

    op.create_table(
        "edition_blobs",
        sa.Column("hall", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall", "number"],
            ["editions.hall", "editions.number"],
            name=op.f("fk_edition_blobs_hall_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hall", "number", "key", name=op.f("pk_edition_blobs")),
    )
    op.create_index("ix_edition_blobs_key", "edition_blobs", ["key"], unique=False)

    op.create_table(
        "placard_names",
        sa.Column("hall", sa.String(length=80), nullable=False),
        sa.Column("placard", sa.String(length=80), nullable=False),
        sa.Column("target", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["hall", "placard"],
            ["placards.hall", "placards.id"],
            name=op.f("fk_placard_names_hall_placard"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["target"], ["records.id"], name=op.f("fk_placard_names_target"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("hall", "placard", "target", name=op.f("pk_placard_names")),
    )
    op.create_index("ix_placard_names_target", "placard_names", ["target"], unique=False)

    head = sa.table("audit_head", sa.column("id"), sa.column("number"), sa.column("hash"))
    op.execute(head.insert().values(id=1, number=0, hash="0" * 64))
    op.execute("INSERT INTO tree_lock (id) VALUES (1)")
    for statement in APPEND_ONLY[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_entries_append_only ON audit_entries")
        op.execute("DROP FUNCTION refuse_audit_change()")
    op.drop_index("ix_placard_names_target", "placard_names")

    op.drop_table("placard_names")
    op.drop_index("ix_edition_blobs_key", "edition_blobs")

    op.drop_table("edition_blobs")
    op.drop_index("ix_placements_exhibit", "placements")

    op.drop_table("placements")
    op.drop_table("placards")
    op.drop_table("live")
    op.drop_index("ix_editions_sha256", "editions")

    op.drop_table("editions")
    op.drop_index("ix_halls_organisation", "halls")
    op.drop_index("ix_halls_keeper", "halls")
    op.drop_index("ix_halls_exhibition", "halls")

    op.drop_table("halls")
    op.drop_index("ix_portrayals_sha256", "portrayals")

    op.drop_table("portrayals")
    op.drop_index("ix_links_target", "links")

    op.drop_table("links")
    op.drop_index("ix_holdings_sha256", "holdings")

    op.drop_table("holdings")
    op.drop_index("ix_exhibitions_keeper", "exhibitions")

    op.drop_table("exhibitions")
    op.drop_table("tree_lock")
    op.drop_index("ix_tokens_organisation", "tokens")

    op.drop_table("tokens")
    op.drop_index("ix_records_kind_year", "records")
    op.drop_index("ix_records_kind_organisation", "records")

    op.drop_table("records")
    op.drop_index("ix_idempotency_keys_created_at", "idempotency_keys")

    op.drop_table("idempotency_keys")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_entries_organisation", "audit_entries")

    op.drop_table("audit_entries")
    op.drop_table("assets")
