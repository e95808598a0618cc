"""Organisation life: activities, who came, and what was written of them."""

import sqlalchemy as sa
from alembic import op


def upgrade() -> None:
    """Makes the tables, each after those it refers to."""
    _activity_kinds()
    _activities()
    _attendances()
    _minutes()
    _activity_files()
    _drafts()
    _phrases()
    _appraisals()
    _appraisal_results()
    _polls()
    _duty_reviews()
    _branch_grades()
    _honours()
    _points()
    _obligations()
    _reminder_slips()
    _agenda_items()
    _contributions()
    _decisions()
    _exclusions()
    _elections()
    _candidates()
    _follow_ups()
    _problems()
    _study_rule_sets()
    _study_entries()
    _test_scores()
    _talks()
    _talk_people()
    _talk_texts()
    _disclosures()


def _activity_kinds() -> None:
    op.create_table(
        "activity_kinds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_kinds")),
        sa.UniqueConstraint("key", name=op.f("uq_activity_kinds_key")),
        sqlite_autoincrement=True,
    )


def _activities() -> None:
    op.create_table(
        "activities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("planned_month", sa.String(length=7), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("begins", sa.String(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("recorder", sa.String(), nullable=True),
        sa.Column("guests", sa.String(), nullable=True),
        sa.Column("tags", sa.String(), nullable=True),
        sa.Column("lecturer", sa.String(), nullable=True),
        sa.Column("lecturer_post", sa.String(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("is_online", sa.Boolean(), nullable=True),
        sa.Column("works", sa.String(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("extras", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("uploaded_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_activities_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_activities_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activities")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("activities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activities_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_activities_held_on_kind", ["held_on", "kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_activities_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_activities_planned_month", ["planned_month"], unique=False)


def _attendances() -> None:
    op.create_table(
        "attendances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("entitled", sa.Boolean(), nullable=False),
        sa.Column("voting", sa.Boolean(), nullable=False),
        sa.Column("dual", sa.Boolean(), nullable=False),
        sa.Column("made_up_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_attendances_activity_id_activities")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_attendances_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
        sa.UniqueConstraint("activity_id", "member_id", name=op.f("uq_attendances_activity_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("attendances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendances_member_id"), ["member_id"], unique=False)


def _minutes() -> None:
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_minutes_activity_id_activities")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("activity_id", name=op.f("uq_minutes_activity_id")),
        sqlite_autoincrement=True,
    )


def _appraisals() -> None:
    op.create_table(
        "appraisals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("valid", sa.Integer(), nullable=True),
        sa.Column("share", sa.String(), nullable=False),
        sa.Column("over_reason", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_appraisals_activity_id_activities")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_appraisals_branch_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisals")),
        sa.UniqueConstraint("branch_id", "year", name=op.f("uq_appraisals_branch_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appraisals_activity_id", "appraisals", ["activity_id"])


def _appraisal_results() -> None:
    op.create_table(
        "appraisal_results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("probationary", sa.Boolean(), nullable=False),
        sa.Column("outstanding", sa.Integer(), nullable=True),
        sa.Column("passed", sa.Integer(), nullable=True),
        sa.Column("barely", sa.Integer(), nullable=True),
        sa.Column("failed", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("disposition", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisals.id"], name=op.f("fk_appraisal_results_appraisal_id_appraisals")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_appraisal_results_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_results")),
        sa.UniqueConstraint("appraisal_id", "member_id", name=op.f("uq_appraisal_results_appraisal_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_appraisal_results_member_id", "appraisal_results", ["member_id"])


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("took_part", sa.Integer(), nullable=True),
        sa.Column("counts", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_polls_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_polls")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_polls_held_on", "polls", ["held_on"])
    op.create_index("ix_polls_organisation_id", "polls", ["organisation_id"])


def _duty_reviews() -> None:
    op.create_table(
        "duty_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("valid", sa.Integer(), nullable=True),
        sa.Column("good", sa.Integer(), nullable=True),
        sa.Column("fair", sa.Integer(), nullable=True),
        sa.Column("average", sa.Integer(), nullable=True),
        sa.Column("poor", sa.Integer(), nullable=True),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_duty_reviews_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_reviews")),
        sa.UniqueConstraint("organisation_id", "year", "name", name=op.f("uq_duty_reviews_organisation_id")),
        sqlite_autoincrement=True,
    )


def _branch_grades() -> None:
    op.create_table(
        "branch_grades",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("graded_on", sa.Date(), nullable=True),
        sa.Column("graded_by", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_branch_grades_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_grades")),
        sa.UniqueConstraint("organisation_id", "year", name=op.f("uq_branch_grades_organisation_id")),
        sqlite_autoincrement=True,
    )


def _honours() -> None:
    op.create_table(
        "honours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("awarded_by", sa.String(), nullable=True),
        sa.Column("document_no", sa.String(), nullable=True),
        sa.Column("awarded_on", sa.String(length=10), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_honours_member_id_members")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_honours_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honours")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_honours_awarded_on", "honours", ["awarded_on"])
    op.create_index("ix_honours_member_id", "honours", ["member_id"])
    op.create_index("ix_honours_organisation_id", "honours", ["organisation_id"])


def _points() -> None:
    op.create_table(
        "point_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("standard", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_items")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_point_items_year", "point_items", ["year"])
    op.create_table(
        "point_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("own", sa.Integer(), nullable=True),
        sa.Column("by_group", sa.Integer(), nullable=True),
        sa.Column("by_branch", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["point_items.id"], name=op.f("fk_point_scores_item_id_point_items")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_point_scores_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_scores")),
        sa.UniqueConstraint("item_id", "member_id", name=op.f("uq_point_scores_item_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_point_scores_member_id", "point_scores", ["member_id"])
    op.create_table(
        "point_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_point_events_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_events")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_point_events_member_id", "point_events", ["member_id"])
    op.create_index("ix_point_events_on", "point_events", ["on"])


def _activity_files() -> None:
    op.create_table(
        "activity_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_activity_files_activity_id_activities")
        ),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_activity_files_attachment_id_attachments")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_files")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("activity_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_files_activity_id"), ["activity_id"], unique=False)


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("over", sa.String(), nullable=False),
        sa.Column("kept_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("activity_id", name=op.f("uq_drafts_activity_id")),
    )


def _phrases() -> None:
    op.create_table(
        "phrases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrases")),
        sa.UniqueConstraint("key", name=op.f("uq_phrases_key")),
        sqlite_autoincrement=True,
    )


def _obligations() -> None:
    op.create_table(
        "obligations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
        sa.UniqueConstraint("key", name=op.f("uq_obligations_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "excuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_excuses_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excuses")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_excuses_obligation", "excuses", ["obligation", "organisation_id", "begins_on"], unique=True)


def _reminder_slips() -> None:
    op.create_table(
        "reminder_slips",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("signer", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_reminder_slips_branch_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["organisations.id"], name=op.f("fk_reminder_slips_issuer_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_slips")),
        sqlite_autoincrement=True,
    )
    op.create_index("uq_reminder_slips_month", "reminder_slips", ["month", "branch_id"], unique=True)
    op.create_table(
        "reminder_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=True),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("requirement", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("feedback", sa.String(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["slip_id"], ["reminder_slips.id"], name=op.f("fk_reminder_lines_slip_id_reminder_slips")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_lines")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_reminder_lines_slip_id"), "reminder_lines", ["slip_id"])


def _agenda_items() -> None:
    op.create_table(
        "agenda_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("tags", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activities.id"], name=op.f("fk_agenda_items_activity_id_activities")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_items")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_items_activity_id"), ["activity_id"], unique=False)


def _contributions() -> None:
    op.create_table(
        "contributions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_items.id"], name=op.f("fk_contributions_agenda_item_id_agenda_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contributions")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("contributions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contributions_agenda_item_id"), ["agenda_item_id"], unique=False)


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("performance", sa.String(), nullable=True),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("written_favour", sa.Integer(), nullable=False),
        sa.Column("written_against", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_decisions_activity_id_activities")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_decisions_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decisions_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decisions_member_id"), ["member_id"], unique=False)


def _exclusions() -> None:
    op.create_table(
        "exclusions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_exclusions_activity_id_activities")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_exclusions_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exclusions")),
        sa.UniqueConstraint("activity_id", "member_id", name=op.f("uq_exclusions_activity_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("exclusions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exclusions_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exclusions_member_id"), ["member_id"], unique=False)


def _elections() -> None:
    op.create_table(
        "elections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("again_of", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.Column("teller", sa.String(), nullable=True),
        sa.Column("counters", sa.String(), nullable=True),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_elections_activity_id_activities")),
        sa.ForeignKeyConstraint(["again_of"], ["elections.id"], name=op.f("fk_elections_again_of_elections")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_elections_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elections")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("elections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_elections_activity_id"), ["activity_id"], unique=False)


def _candidates() -> None:
    op.create_table(
        "candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("election_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=True),
        sa.Column("favour", sa.Integer(), nullable=False),
        sa.Column("against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["election_id"], ["elections.id"], name=op.f("fk_candidates_election_id_elections")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_candidates_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint("election_id", "member_id", name=op.f("uq_candidates_election_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_candidates_election_id"), ["election_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidates_member_id"), ["member_id"], unique=False)


def _follow_ups() -> None:
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_follow_ups_activity_id_activities")),
        sa.ForeignKeyConstraint(
            ["branch_id"], ["organisations.id"], name=op.f("fk_follow_ups_branch_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_ups")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("follow_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_ups_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_ups_done_on"), ["done_on"], unique=False)


def _problems() -> None:
    op.create_table(
        "problems",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("list_name", sa.String(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("measures", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("progress", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["activity_id"], ["activities.id"], name=op.f("fk_problems_activity_id_activities")),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_problems_branch_id_organisations")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problems")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("problems", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_problems_activity_id"), ["activity_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_problems_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_problems_closed_on"), ["closed_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_problems_list_name"), ["list_name"], unique=False)


def _study_rule_sets() -> None:
    op.create_table(
        "study_rule_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_rule_sets")),
        sa.UniqueConstraint("since", name=op.f("uq_study_rule_sets_since")),
        sqlite_autoincrement=True,
    )


def _study_entries() -> None:
    op.create_table(
        "study_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("is_central", sa.Boolean(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_study_entries_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_entries")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("study_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_entries_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_study_entries_on", ["on"], unique=False)


def _test_scores() -> None:
    op.create_table(
        "test_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("full_mark", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_test_scores_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_scores")),
        sa.UniqueConstraint("member_id", "on", "subject", name=op.f("uq_test_scores_member_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("test_scores", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_test_scores_member_id"), ["member_id"], unique=False)
        batch_op.create_index("ix_test_scores_on", ["on"], unique=False)


def _talks() -> None:
    op.create_table(
        "talks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("talkers", sa.String(), nullable=False),
        sa.Column("talked", sa.String(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["branch_id"], ["organisations.id"], name=op.f("fk_talks_branch_id_organisations")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_talks_organisation_id_organisations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("talks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talks_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index("ix_talks_on", ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_talks_organisation_id"), ["organisation_id"], unique=False)


def _talk_people() -> None:
    op.create_table(
        "talk_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_talk_people_member_id_members")),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_talk_people_talk_id_talks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_people")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("talk_people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_people_member_id"), ["member_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_talk_people_talk_id"), ["talk_id"], unique=False)


def _talk_texts() -> None:
    op.create_table(
        "talk_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("promises", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_talk_texts_talk_id_talks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_texts")),
        sa.UniqueConstraint("talk_id", name=op.f("uq_talk_texts_talk_id")),
        sqlite_autoincrement=True,
    )


def _disclosures() -> None:
    op.create_table(
        "disclosures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["talk_id"], ["talks.id"], name=op.f("fk_disclosures_talk_id_talks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("disclosures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disclosures_talk_id"), ["talk_id"], unique=False)
