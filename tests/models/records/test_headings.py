"""Headings remembered: kept by ledger, changed, forgotten, and taken back with the import that brought them."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.records import headings
from models.records.members import members
from models.rules.periods import PartialDate
from models.undo import undo_last

TODAY = date(2026, 11, 23)
KEYS = st.one_of(st.none(), st.sampled_from(["name", "phone", "remark"]))
MEMORIES = st.dictionaries(st.text("甲乙丙丁", min_size=1, max_size=3), KEYS, max_size=5)


def kept(database, ledger="members"):
    with database.reading() as session:
        return headings.remembered(session, ledger)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MEMORIES, MEMORIES)
def test_the_last_word_on_each_heading_counts(database, first, second):
    with database.trying() as session:
        headings.remember(session, "members", first)
        headings.remember(session, "members", second)
        assert headings.remembered(session, "members") == first | second
        headings.forget(session, "members", first)
        assert headings.remembered(session, "members") == {
            heading: key for heading, key in second.items() if heading not in first
        }


def test_each_ledger_has_headings_of_its_own(database):
    with database.writing("导入") as session:
        headings.remember(session, "members", {"分机": "phone", "级": None})
        headings.remember(session, "dues_payments", {"分机": "remark"})
    assert kept(database) == {"分机": "phone", "级": None}
    assert kept(database, "dues_payments") == {"分机": "remark"}


def test_what_an_import_remembered_goes_back_with_it(database):
    with database.writing("导入党员信息：名册.xlsx") as session:
        headings.remember(session, "members", {"分机": "phone"})
        members.add(session, {"name": "张红卫", "birth_date": PartialDate(1980, 5)})
    with database.writing("撤销") as session:
        undo_last(session, TODAY)
    assert kept(database) == {}
