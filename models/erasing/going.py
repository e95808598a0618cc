"""What goes of each record that is about a person, and what stays so that books and counts remain what they were."""

from collections.abc import Mapping

GONE = "（已删除）"
NAME = "name"  # stands for the word that takes the place of the person's name
KEPT_OF_MEMBER = frozenset(
    {
        "id", "version", "name", "initials", "branch_id", "group_id", "category", "status", "dues_category",
        "dues_from", "dues_until", "left_on", "is_lost", "is_floating", "is_migrant_worker",
    }
)  # fmt: skip
"""Of a member stays what dues and counts of past months are worked out from."""
KEPT_FACTS = frozenset({"branch_id", "group_id", "category", "status"})
"""What was so of a member over time and stays: where and as what the person was counted."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "allotments": (),
    "appraisal_results": ("opinion", "disposition", "remark"),
    "arrangements": ("proxy", "place", "remark"),
    "assessments": ("dues_base", "reason", "approval_no", "worksheet"),
    "attendances": ("reason",),
    "birthday_notes": ("form", "talker", "remark"),
    "candidates": ("name", "opinion"),
    "care_cases": (
        "name", "sex", "birth_date", "id_number", "phone", "address", "cause", "detail", "health", "certificates",
        "low_income", "honoured", "veteran", "helper", "helper_phone", "measures", "asked", "aid", "recognised",
        "stated_people", "stated_income", "remark",
    ),
    "care_gift_parts": (),
    "care_gifts": ("name", "bank", "account", "again", "remark"),
    "care_handouts": ("receiver", "relation", "word", "reason"),
    "care_steps": ("degree", "reason"),
    "care_visit_texts": ("situation",),
    "care_visits": ("name", "needs", "promises", "followup", "result", "remark"),
    "decisions": ("subject", "performance", "remark"),
    "donations": ("giver", "post", "remark"),
    "dues": ("base", "working"),
    "exclusions": ("reason",),
    "extra_values": ("value",),
    "honours": ("title", "level", "awarded_by", "document_no", "remark"),
    "household_incomes": ("source", "amount", "whose"),
    "household_members": ("relation", "name", "birth_year", "unit", "health"),
    "large_payments": ("description", "remark"),
    "member_facts": ("value", "reason"),
    "mergers": ("gone_name",),
    "payments": ("proxy", "remark"),
    "point_events": ("reason",),
    "point_scores": (),
    "reductions": ("cause", "applicant", "approval_no"),
    "registrations": ("community", "skills", "post", "remark"),
    "reminders": ("text",),
    "retirements": ("form", "keepsake", "remark"),
    "seats": ("name", "telephone", "remark"),
    "secondments": ("body", "duty", "basis", "remark"),
    "service_entries": ("confirmed_by", "remark"),
    "study_entries": ("remark",),
    "talk_people": ("name",),
    "talk_texts": ("text", "promises"),
    "test_scores": ("remark",),
}  # fmt: skip
"""By table the columns that are emptied; a table that says nothing but numbers has none."""

NAMES = frozenset({"name", "giver", "receiver", "applicant", "gone_name"})
"""Columns that hold the person's name and cannot be empty: a word takes its place."""
