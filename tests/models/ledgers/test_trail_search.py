"""Looking through the trail: what it says is found, what it masks or keeps to itself is not."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from time import process_time

import pytest

from models.audit import ADD, CHANGE, AuditedSession, Line, finish
from models.database import Database
from models.ledger import View
from models.ledgers import trail_search
from models.ledgers.sheets import sheet
from models.ledgers.trail import TRAIL, actors, record_history, searched
from models.ledgers.trail_search import Wanted, matching
from models.records.dues import assessments
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period

TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
SOMEBODY = {"name": "张红卫", "birth_date": PartialDate(1980, 5), "phone": "10012345678"}


@pytest.fixture
def worked(database: Database) -> Database:
    """Two people, one with a base that changed, by two hands."""
    with database.writing("登记甲") as session:
        members.add(session, SOMEBODY)
    with database.writing("登记乙") as session:
        members.add(session, SOMEBODY | {"name": "李秀英", "remark": '引号"和\\反斜线'})
    database.actor = "王建国"
    with database.writing("核定") as session:
        assessments.save_one(session, 1, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
    return database


def found(database: Database, wanted: Wanted) -> list[str]:
    with database.reading() as session:
        return [row.title for row in sheet(session, searched(session, wanted), VIEW).rows]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("核定", ["核定"]),
        ("7,420.00", ["核定"]),
        ("7420", ["核定"]),
        ("李秀英", ["登记乙"]),
        ("张红卫", ["核定", "登记甲"]),
        ("乙", ["登记乙"]),
        ('引号"和\\反', ["登记乙"]),
        ("10012345678", []),
        ("12345", []),
        ("100****5678", []),
        ("%", []),
        ("没有", []),
        ("党费核定", ["核定"]),
    ],
)
def test_words_find_what_the_trail_says(worked: Database, words: str, titles: list[str]) -> None:
    """A telephone number is masked in the trail, and so nobody learns by searching whose it is."""
    assert found(worked, Wanted(words)) == titles


def test_by_who_did_it_whose_record_and_day(worked: Database) -> None:
    with worked.reading() as session:
        assert actors(session) == ["周丽萍", "王建国"]
    assert found(worked, Wanted(actor="王建国")) == ["核定"]
    assert found(worked, Wanted(member_id=1)) == ["核定", "登记甲"]
    assert found(worked, Wanted("甲", member_id=1)) == ["登记甲"]
    today = datetime.now(UTC).astimezone().date()
    assert len(found(worked, Wanted(first=today, last=today))) == 4
    assert found(worked, Wanted(first=today + timedelta(days=1))) == []
    assert found(worked, Wanted(last=today - timedelta(days=1))) == []


def test_the_paper_says_what_was_looked_for(worked: Database) -> None:
    with worked.reading() as session:
        wanted = Wanted("甲", "周丽萍", 1, date(2026, 1, 1))
        assert sheet(session, searched(session, wanted), VIEW).note == (
            "只列：含“甲”、操作人周丽萍、张红卫的记录、2026-01-01 至 现在。"
        )
        assert searched(session, Wanted()) is TRAIL


def test_what_is_told_nowhere_is_not_found(worked: Database) -> None:
    with worked.writing("登记谈话") as session:
        assert isinstance(session, AuditedSession)
        session.lines.append(Line("talk_texts", 1, ADD, None, '{"talk_id":1,"text":"家里的难处"}'))
    assert found(worked, Wanted("难处")) == []
    assert found(worked, Wanted("谈话")) == ["登记谈话"]


def test_the_history_of_a_record_begins_with_it(worked: Database) -> None:
    for remark in ("甲", "乙"):
        with worked.writing("改备注") as session:
            members.change(session, 1, {"remark": remark})
    with worked.reading() as session:
        shown = sheet(session, record_history(session, "members", 1), VIEW)
    assert [(row.verb, row.said) for row in shown.rows[1:]] == [
        ("修改", "备注：（空） → 甲"),
        ("修改", "备注：甲 → 乙"),
    ]
    assert shown.rows[0].verb == "新增"
    assert "100****5678" in shown.rows[0].said
    assert shown.lines[1] == "党员 张红卫"


def test_tens_of_thousands_of_lines_are_looked_through_at_once(
    worked: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail_search, "MOST", 100)
    with worked.writing("改") as session:
        assert isinstance(session, AuditedSession)
        for number in range(200):
            session.lines += [
                Line("members", 1 + k % 2, CHANGE, f'{{"remark":"旧{number}"}}', f'{{"remark":"新{number}-{k}"}}')
                for k in range(100)
            ]
            finish(session, "李秀英", f"改{number}", datetime.now(UTC))
    looked: list[Callable[[], int]] = [
        lambda: len(found(worked, Wanted("新77-33"))),
        lambda: len(found(worked, Wanted("新"))),
        lambda: len(found(worked, Wanted(member_id=2))),
    ]
    began = process_time()
    assert [look() for look in looked] == [1, 100, 201]
    assert process_time() - began < 3 * 0.3
    with worked.reading() as session:
        assert matching(session, Wanted("没有这个词")) == set()
