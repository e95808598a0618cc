"""Care: cases of hardship with their steps, the household and what it lives on."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Makes the tables, each after those it refers to."""
    _care_cases()
    _care_steps()
    _household_incomes()
    _household_members()
    _care_funds()
    _care_fund_entries()
    _care_rounds()
    _care_exports()
    _care_gifts()
    _care_vouchers()
    _care_gift_parts()
    _care_handouts()
    _pairings()
    _pairing_tasks()
    _registrations()
    _service_entries()
    _donation_drives()
    _donations()
    _donation_handovers()
    _donation_helped()
    _care_visits()
    _care_visit_texts()
    _care_concerns()
    _erasures()
    _key_holders()
    _private_exports()


def _care_cases() -> None:
    op.create_table(
        "care_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("birth_date", sa.String(length=10), nullable=True),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("health", sa.String(), nullable=True),
        sa.Column("certificates", sa.String(), nullable=True),
        sa.Column("low_income", sa.Boolean(), nullable=True),
        sa.Column("honoured", sa.Boolean(), nullable=True),
        sa.Column("veteran", sa.Boolean(), nullable=True),
        sa.Column("helper", sa.String(), nullable=True),
        sa.Column("helper_phone", sa.String(), nullable=True),
        sa.Column("paired_on", sa.Date(), nullable=True),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("aid", sa.String(), nullable=True),
        sa.Column("recognised", sa.String(), nullable=True),
        sa.Column("stated_people", sa.Integer(), nullable=True),
        sa.Column("stated_income", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_care_cases_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_care_cases_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_cases")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_cases", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_cases_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_cases_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_cases_sort"), ["sort"], unique=False)


def _care_steps() -> None:
    op.create_table(
        "care_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("degree", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_care_steps_activity_id_activities")),
        sa.ForeignKeyConstraint(["case_id"], ["care_cases.id"], name=op.f("fk_care_steps_case_id_care_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_steps")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_steps_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_steps_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_steps_on"), ["on"], unique=False)


def _household_incomes() -> None:
    op.create_table(
        "household_incomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("whose", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["care_cases.id"], name=op.f("fk_household_incomes_case_id_care_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_incomes")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("household_incomes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_incomes_case_id"), ["case_id"], unique=False)


def _household_members() -> None:
    op.create_table(
        "household_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("health", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["care_cases.id"], name=op.f("fk_household_members_case_id_care_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_members")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("household_members", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_household_members_case_id"), ["case_id"], unique=False)


def _care_funds() -> None:
    op.create_table(
        "care_funds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("stopped_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_funds")),
        sa.UniqueConstraint("name", name=op.f("uq_care_funds_name")),
        sqlite_autoincrement=True,
    )


def _care_fund_entries() -> None:
    op.create_table(
        "care_fund_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["fund_id"], ["care_funds.id"], name=op.f("fk_care_fund_entries_fund_id_care_funds")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["care_fund_entries.id"], name=op.f("fk_care_fund_entries_reverses_id_care_fund_entries")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_fund_entries")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_care_fund_entries_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_fund_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_fund_entries_fund_id"), ["fund_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_fund_entries_on"), ["on"], unique=False)


def _care_rounds() -> None:
    op.create_table(
        "care_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("festival", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("leaders", sa.String(), nullable=True),
        sa.Column("budget", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("explained", sa.String(), nullable=True),
        sa.Column("reopened", sa.String(), nullable=True),
        sa.Column("cash_entry_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_care_rounds_activity_id_activities")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_care_rounds_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["cash_entry_id"], ["cash_book.id"], name=op.f("fk_care_rounds_cash_entry_id_cash_book")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["spending_requests.id"], name=op.f("fk_care_rounds_request_id_spending_requests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_rounds")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_rounds", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_rounds_year"), ["year"], unique=False)


def _care_exports() -> None:
    op.create_table(
        "care_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["care_rounds.id"], name=op.f("fk_care_exports_round_id_care_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_exports")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_exports", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_exports_round_id"), ["round_id"], unique=False)


def _care_gifts() -> None:
    op.create_table(
        "care_gifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("goods", sa.String(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("goods_fund_id", sa.Integer(), nullable=True),
        sa.Column("bank", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("again", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_care_gifts_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["care_cases.id"], name=op.f("fk_care_gifts_case_id_care_cases")),
        sa.ForeignKeyConstraint(
            ["goods_fund_id"], ["care_funds.id"], name=op.f("fk_care_gifts_goods_fund_id_care_funds")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_care_gifts_member_id_members")),
        sa.ForeignKeyConstraint(["round_id"], ["care_rounds.id"], name=op.f("fk_care_gifts_round_id_care_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_gifts")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_gifts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_gifts_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_gifts_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_gifts_round_id"), ["round_id"], unique=False)


def _care_vouchers() -> None:
    op.create_table(
        "care_vouchers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("taken_back", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["fund_id"], ["care_funds.id"], name=op.f("fk_care_vouchers_fund_id_care_funds")),
        sa.ForeignKeyConstraint(["round_id"], ["care_rounds.id"], name=op.f("fk_care_vouchers_round_id_care_rounds")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_vouchers")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_vouchers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_vouchers_round_id"), ["round_id"], unique=False)


def _care_gift_parts() -> None:
    op.create_table(
        "care_gift_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("fund_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["fund_id"], ["care_funds.id"], name=op.f("fk_care_gift_parts_fund_id_care_funds")),
        sa.ForeignKeyConstraint(["gift_id"], ["care_gifts.id"], name=op.f("fk_care_gift_parts_gift_id_care_gifts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_gift_parts")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_gift_parts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_gift_parts_fund_id"), ["fund_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_gift_parts_gift_id"), ["gift_id"], unique=False)


def _care_handouts() -> None:
    op.create_table(
        "care_handouts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("gift_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("word", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["gift_id"], ["care_gifts.id"], name=op.f("fk_care_handouts_gift_id_care_gifts")),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["care_handouts.id"], name=op.f("fk_care_handouts_reverses_id_care_handouts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_handouts")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_care_handouts_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_handouts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_care_handouts_gift_id"), ["gift_id"], unique=False)


def _pairings() -> None:
    op.create_table(
        "pairings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("partner_kind", sa.String(), nullable=True),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("own_contact", sa.String(), nullable=True),
        sa.Column("own_phone", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_pairings_branch_id_organisations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pairings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairings_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairings_until"), ["until"], unique=False)


def _pairing_tasks() -> None:
    op.create_table(
        "pairing_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pairing_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("planned", sa.Integer(), nullable=True),
        sa.Column("spent", sa.Integer(), nullable=True),
        sa.Column("progress", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairings.id"], name=op.f("fk_pairing_tasks_pairing_id_pairings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_tasks")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pairing_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairing_tasks_done_on"), ["done_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_tasks_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_pairing_tasks_pairing_id"), ["pairing_id"], unique=False)


def _registrations() -> None:
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("skills", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_registrations_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registrations_member_id"), ["member_id"], unique=False)


def _service_entries() -> None:
    op.create_table(
        "service_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("pairing_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("community", sa.String(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_service_entries_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_service_entries_member_id_members")),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairings.id"], name=op.f("fk_service_entries_pairing_id_pairings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_entries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("service_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_entries_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_entries_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_service_entries_on", ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_entries_pairing_id"), ["pairing_id"], unique=False)


def _donation_drives() -> None:
    op.create_table(
        "donation_drives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("beneficiary", sa.String(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_donation_drives_branch_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donation_drives")),
        sa.UniqueConstraint("name", name=op.f("uq_donation_drives_name")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("donation_drives", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_donation_drives_branch_id"), ["branch_id"], unique=False)


def _donations() -> None:
    op.create_table(
        "donations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("quantity", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("receipt_no", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["donation_drives.id"], name=op.f("fk_donations_drive_id_donation_drives")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_donations_member_id_members")),
        sa.ForeignKeyConstraint(["reverses_id"], ["donations.id"], name=op.f("fk_donations_reverses_id_donations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donations")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_donations_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("donations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_donations_drive_id"), ["drive_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_donations_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_donations_on"), ["on"], unique=False)


def _donation_handovers() -> None:
    op.create_table(
        "donation_handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("quantity", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("receipt_no", sa.String(), nullable=True),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["donation_drives.id"], name=op.f("fk_donation_handovers_drive_id_donation_drives")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["donation_handovers.id"],
            name=op.f("fk_donation_handovers_reverses_id_donation_handovers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donation_handovers")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_donation_handovers_reverses_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("donation_handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_donation_handovers_drive_id"), ["drive_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_donation_handovers_on"), ["on"], unique=False)


def _donation_helped() -> None:
    op.create_table(
        "donation_helped",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_donation_helped_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["donation_drives.id"], name=op.f("fk_donation_helped_drive_id_donation_drives")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_donation_helped")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("donation_helped", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_donation_helped_drive_id"), ["drive_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_donation_helped_on"), ["on"], unique=False)


def _care_visits() -> None:
    op.create_table(
        "care_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("visitors", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=True),
        sa.Column("promises", sa.String(), nullable=True),
        sa.Column("followup", sa.String(), nullable=True),
        sa.Column("followup_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_care_visits_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["care_cases.id"], name=op.f("fk_care_visits_case_id_care_cases")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_care_visits_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_visits")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_visits", schema=None) as batch_op:
        for key in ("branch_id", "case_id", "member_id", "on"):
            batch_op.create_index(batch_op.f(f"ix_care_visits_{key}"), [key], unique=False)


def _care_visit_texts() -> None:
    op.create_table(
        "care_visit_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["care_visits.id"], name=op.f("fk_care_visit_texts_visit_id_care_visits")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_visit_texts")),
        sa.UniqueConstraint("visit_id", name=op.f("uq_care_visit_texts_visit_id")),
        sqlite_autoincrement=True,
    )


def _care_concerns() -> None:
    op.create_table(
        "care_concerns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.String(), nullable=True),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("progress", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_care_concerns_branch_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_concerns")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("care_concerns", schema=None) as batch_op:
        for key in ("branch_id", "closed_on", "raised_on"):
            batch_op.create_index(batch_op.f(f"ix_care_concerns_{key}"), [key], unique=False)


def _key_holders() -> None:
    op.create_table(
        "key_holders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("wrapping", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_holders")),
        sa.UniqueConstraint("name", name=op.f("uq_key_holders_name")),
        sqlite_autoincrement=True,
    )


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("lines", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sqlite_autoincrement=True,
    )


def _private_exports() -> None:
    op.create_table(
        "private_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_private_exports")),
        sqlite_autoincrement=True,
    )
