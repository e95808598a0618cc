"""Care: cases of hardship with their steps, the household and what it lives on."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Makes the tables, each after those it refers to."""
    _care_cases()
    _care_steps()
    _household_incomes()
    _household_members()


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
