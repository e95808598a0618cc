"""The first tables."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Makes the tables, each after those it refers to, and protects the trail."""
    _attachments()
    _cash_counts()
    _cash_handovers()
    _dues_months()
    _dues_rule_sets()
    _extra_columns()
    _extra_values()
    _ledger_variants()
    _remembered_headings()
    _sendings()
    _sent_tables()
    _operations()
    _organisations()
    _pay_scale_sets()
    _spending_requests()
    _cash_book()
    _settings()
    _changes()
    _members()
    _remittances()
    _reductions()
    _arrangements()
    _assessments()
    _dues()
    _payments()
    _large_payments()
    _reminders()
    _vouchers()
    _allotments()
    _organisation_cards()
    _terms()
    _birthday_notes()
    _member_facts()
    _mergers()
    _retirements()
    _seats()
    _secondments()
    _protect()


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("stored", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("stored", name=op.f("uq_attachments_stored")),
        sqlite_autoincrement=True,
    )


def _cash_counts() -> None:
    op.create_table(
        "cash_counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pieces", sa.String(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("booked", sa.Integer(), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_counts")),
        sa.UniqueConstraint("day", name=op.f("uq_cash_counts_day")),
        sqlite_autoincrement=True,
    )


def _dues_months() -> None:
    op.create_table(
        "dues_months",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("collection_day", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("brought_in", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_months")),
        sa.UniqueConstraint("month", name=op.f("uq_dues_months_month")),
        sqlite_autoincrement=True,
    )


def _dues_rule_sets() -> None:
    op.create_table(
        "dues_rule_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.String(length=7), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_rule_sets")),
        sa.UniqueConstraint("from_month", name=op.f("uq_dues_rule_sets_from_month")),
        sqlite_autoincrement=True,
    )


def _extra_columns() -> None:
    op.create_table(
        "extra_columns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("options", sa.String(), nullable=False),
        sa.Column("every", sa.String(), nullable=False),
        sa.Column("totalled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_columns")),
        sqlite_autoincrement=True,
    )


def _extra_values() -> None:
    op.create_table(
        "extra_values",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("column_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["column_id"], ["extra_columns.id"], name=op.f("fk_extra_values_column_id_extra_columns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extra_values")),
        sa.UniqueConstraint("column_id", "record_id", "period", name=op.f("uq_extra_values_column_id")),
        sqlite_autoincrement=True,
    )


def _sendings() -> None:
    op.create_table(
        "sendings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("first_month", sa.String(length=7), nullable=False),
        sa.Column("last_month", sa.String(length=7), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_sendings_branch_id_organisations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sendings")),
        sqlite_autoincrement=True,
    )


def _sent_tables() -> None:
    op.create_table(
        "sent_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["sending_id"], ["sendings.id"], name=op.f("fk_sent_tables_sending_id_sendings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_tables")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_sent_tables_sending_id"), "sent_tables", ["sending_id"], unique=False)


def _ledger_variants() -> None:
    op.create_table(
        "ledger_variants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_variants")),
        sa.UniqueConstraint("ledger", name=op.f("uq_ledger_variants_ledger")),
        sqlite_autoincrement=True,
    )


def _remembered_headings() -> None:
    op.create_table(
        "remembered_headings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("ledger", sa.String(), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("read_as", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered_headings")),
        sa.UniqueConstraint("ledger", "heading", name=op.f("uq_remembered_headings_ledger")),
        sqlite_autoincrement=True,
    )


def _operations() -> None:
    op.create_table(
        "operations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["undoes_id"], ["operations.id"], name=op.f("fk_operations_undoes_id_operations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operations")),
    )


def _organisations() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secretary", sa.String(), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisations.id"], name=op.f("fk_organisations_parent_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sqlite_autoincrement=True,
    )


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
        sa.UniqueConstraint("name", name=op.f("uq_settings_name")),
        sqlite_autoincrement=True,
    )


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["operation_id"], ["operations.id"], name=op.f("fk_changes_operation_id_operations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_changes_operation_id"), ["operation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_record_id"), ["record_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_changes_table_name"), ["table_name"], unique=False)


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("ethnicity", sa.String(), nullable=True),
        sa.Column("birth_date", sa.String(length=10), nullable=True),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("native_place", sa.String(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("degree", sa.String(), nullable=True),
        sa.Column("work_started_on", sa.String(length=10), nullable=True),
        sa.Column("joined_on", sa.String(length=10), nullable=True),
        sa.Column("full_member_on", sa.String(length=10), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("rank", sa.String(), nullable=True),
        sa.Column("party_post", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("dues_category", sa.String(), nullable=True),
        sa.Column("dues_base", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("position", sa.String(), nullable=True),
        sa.Column("landline", sa.String(), nullable=True),
        sa.Column("party_status", sa.String(), nullable=True),
        sa.Column("is_lost", sa.Boolean(), nullable=True),
        sa.Column("lost_since", sa.String(length=10), nullable=True),
        sa.Column("is_floating", sa.Boolean(), nullable=True),
        sa.Column("floating_to", sa.String(), nullable=True),
        sa.Column("joined_how", sa.String(), nullable=True),
        sa.Column("joined_at", sa.String(), nullable=True),
        sa.Column("full_member_how", sa.String(), nullable=True),
        sa.Column("probation_until", sa.String(length=10), nullable=True),
        sa.Column("seniority_correction", sa.Integer(), nullable=True),
        sa.Column("new_stratum", sa.String(), nullable=True),
        sa.Column("technical_post", sa.String(), nullable=True),
        sa.Column("is_migrant_worker", sa.Boolean(), nullable=True),
        sa.Column("household_place", sa.String(), nullable=True),
        sa.Column("transferred_in_on", sa.String(length=10), nullable=True),
        sa.Column("dues_from", sa.String(length=7), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_to", sa.String(), nullable=True),
        sa.Column("dues_until", sa.String(length=7), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_members_branch_id_organisations")),
        sa.ForeignKeyConstraint(["group_id"], ["organisations.id"], name=op.f("fk_members_group_id_organisations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("id_number", name=op.f("uq_members_id_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_members_branch_id"), ["branch_id"], unique=False)


def _remittances() -> None:
    op.create_table(
        "remittances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("remitted_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_remittances_branch_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remittances")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("remittances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remittances_month"), ["month"], unique=False)


def _reductions() -> None:
    op.create_table(
        "reductions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("full", sa.Integer(), nullable=True),
        sa.Column("from_month", sa.String(length=7), nullable=False),
        sa.Column("to_month", sa.String(length=7), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("applicant", sa.String(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("approval_no", sa.String(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reductions_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reductions")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reductions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reductions_member_id"), ["member_id"], unique=False)


def _arrangements() -> None:
    op.create_table(
        "arrangements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("from_month", sa.String(length=7), nullable=False),
        sa.Column("to_month", sa.String(length=7), nullable=True),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("proxy", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_arrangements_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangements")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("arrangements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrangements_member_id"), ["member_id"], unique=False)


def _assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("dues_category", sa.String(), nullable=True),
        sa.Column("dues_base", sa.Integer(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("from_month", sa.String(length=7), nullable=True),
        sa.Column("to_month", sa.String(length=7), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approval_no", sa.String(), nullable=True),
        sa.Column("worksheet", sa.String(), nullable=True),
        sa.Column("reduction_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_assessments_member_id_members")),
        sa.ForeignKeyConstraint(
            ["reduction_id"], ["reductions.id"], name=op.f("fk_assessments_reduction_id_reductions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint("reduction_id", name=op.f("uq_assessments_reduction_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("assessments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessments_member_id"), ["member_id"], unique=False)


def _pay_scale_sets() -> None:
    op.create_table(
        "pay_scale_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.String(length=7), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_scale_sets")),
        sa.UniqueConstraint("from_month", name=op.f("uq_pay_scale_sets_from_month")),
        sqlite_autoincrement=True,
    )


def _dues() -> None:
    op.create_table(
        "dues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("rate", sa.String(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("working", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_dues_branch_id_organisations")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_dues_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues")),
        sa.UniqueConstraint("month", "member_id", name=op.f("uq_dues_month")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("dues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dues_member_id"), ["member_id"], unique=False)


def _payments() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("proxy", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_payments_branch_id_organisations")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_payments_member_id_members")),
        sa.ForeignKeyConstraint(["reverses_id"], ["payments.id"], name=op.f("fk_payments_reverses_id_payments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_payments_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payments_member_id"), ["member_id"], unique=False)


def _reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("from_month", sa.String(length=7), nullable=True),
        sa.Column("to_month", sa.String(length=7), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_reminders_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("reminders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminders_member_id"), ["member_id"], unique=False)


def _vouchers() -> None:
    op.create_table(
        "vouchers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("remittance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["remittance_id"], ["remittances.id"], name=op.f("fk_vouchers_remittance_id_remittances")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("vouchers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vouchers_remittance_id"), ["remittance_id"], unique=False)


def _allotments() -> None:
    op.create_table(
        "allotments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("remittance_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_allotments_member_id_members")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_allotments_payment_id_payments")),
        sa.ForeignKeyConstraint(
            ["remittance_id"], ["remittances.id"], name=op.f("fk_allotments_remittance_id_remittances")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allotments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("allotments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_allotments_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allotments_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_allotments_payment_id"), ["payment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_allotments_remittance_id"), ["remittance_id"], unique=False)


def _cash_handovers() -> None:
    op.create_table(
        "cash_handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("count_id", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["count_id"], ["cash_counts.id"], name=op.f("fk_cash_handovers_count_id_cash_counts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_handovers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cash_handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cash_handovers_count_id"), ["count_id"], unique=False)


def _spending_requests() -> None:
    op.create_table(
        "spending_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_spending_requests_branch_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spending_requests")),
        sqlite_autoincrement=True,
    )


def _cash_book() -> None:
    op.create_table(
        "cash_book",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_cash_book_branch_id_organisations")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["spending_requests.id"], name=op.f("fk_cash_book_request_id_spending_requests")
        ),
        sa.ForeignKeyConstraint(["reverses_id"], ["cash_book.id"], name=op.f("fk_cash_book_reverses_id_cash_book")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_book")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_cash_book_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("cash_book", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cash_book_on"), ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_cash_book_request_id"), ["request_id"], unique=False)


def _large_payments() -> None:
    op.create_table(
        "large_payments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("receipt_no", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_large_payments_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_large_payments_member_id_members")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_large_payments_payment_id_payments")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["large_payments.id"], name=op.f("fk_large_payments_reverses_id_large_payments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_large_payments")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_large_payments_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("large_payments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_large_payments_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_large_payments_payment_id"), ["payment_id"], unique=False)


def _organisation_cards() -> None:
    op.create_table(
        "organisation_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=True),
        sa.Column("short_name", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("founded_on", sa.String(length=10), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("is_joint", sa.Boolean(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("fax", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("unit_relation", sa.String(), nullable=True),
        sa.Column("unit_name", sa.String(), nullable=True),
        sa.Column("unit_nature", sa.String(), nullable=True),
        sa.Column("unit_party", sa.String(), nullable=True),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_organisation_cards_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_cards")),
        sa.UniqueConstraint("organisation_id", name=op.f("uq_organisation_cards_organisation_id")),
        sqlite_autoincrement=True,
    )


def _terms() -> None:
    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("appointed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("renewed_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_terms_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_terms_organisation_id"), ["organisation_id"], unique=False)


def _birthday_notes() -> None:
    op.create_table(
        "birthday_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("talker", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_birthday_notes_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_birthday_notes")),
        sa.UniqueConstraint("member_id", "year", name=op.f("uq_birthday_notes_member_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("birthday_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_birthday_notes_member_id"), ["member_id"], unique=False)


def _member_facts() -> None:
    op.create_table(
        "member_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_member_facts_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_facts")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("member_facts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_member_facts_member_id"), ["member_id"], unique=False)


def _mergers() -> None:
    op.create_table(
        "mergers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("gone_name", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_mergers_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mergers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mergers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mergers_member_id"), ["member_id"], unique=False)


def _retirements() -> None:
    op.create_table(
        "retirements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("keepsake", sa.String(), nullable=True),
        sa.Column("talker", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_retirements_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retirements")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("retirements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retirements_member_id"), ["member_id"], unique=False)


def _seats() -> None:
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("duties", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_seats_member_id_members")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_seats_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("seats", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seats_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_seats_term_id"), ["term_id"], unique=False)


def _secondments() -> None:
    op.create_table(
        "secondments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_secondments_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_secondments")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("secondments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_secondments_member_id"), ["member_id"], unique=False)


def _protect() -> None:
    for table in ("operations", "changes"):
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END"
            )
