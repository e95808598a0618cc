"""Pairings, registrations and services as ledgers: what they show, what counts once, and that workbooks come back."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters import csv_file, excel
from importers import intake, matching, reader
from models import settings
from models.audit import Change
from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import Ledger, View
from models.ledgers import sheets, wording
from models.ledgers.care.pairings import CARE_PAIRING_TASKS, CARE_PAIRINGS
from models.ledgers.care.service_hours import CARE_SERVICE_HOURS
from models.ledgers.care.volunteering import CARE_REGISTRATIONS, CARE_SERVICE
from models.ledgers.served import SERVICE_HOURS
from models.ledgers.variants import local
from models.records.care import pairings, volunteering
from models.records.life import activities, attendance
from models.records.life.attendance import Mark
from models.records.members import organisation
from models.records.members.members import Member
from models.rules.periods import Period

BEGUN, TODAY = date(2031, 1, 6), date(2031, 3, 6)  # a year of which the sample knows nothing
VIEW = View(TODAY, Period.of_year(2031))
SAVED = (CARE_PAIRINGS, CARE_PAIRING_TASKS, CARE_REGISTRATIONS, CARE_SERVICE)
BRANCH = "第一党支部"


def who(session: Session, name: str) -> int:
    return session.scalars(select(Member.id).where(Member.name == name)).one()


@pytest.fixture
def paired(sample: Database) -> Database:
    """Two pairings with tasks, a registration, services of a member, of a number of people, and of an activity."""
    with sample.writing("x") as session:
        branch = next(each.id for each in organisation.branches(session) if each.name == BRANCH)
        village = pairings.pair(
            session, branch,
            {"partner": "青石村", "since": BEGUN, "until": date(2031, 4, 1), "phone": "10000000001"}, TODAY,
        ).id  # fmt: skip
        pairings.pair(session, None, {"partner": "某企业", "since": BEGUN, "until": date(2031, 3, 5)}, TODAY)
        for values in (
            {"task": "修水渠", "due_on": date(2031, 3, 5), "planned": Decimal(8000), "spent": Decimal("6512.35")},
            {"task": "送技术", "due_on": date(2031, 3, 10)},
            {"task": "上党课", "result": "讲了一堂", "done_on": date(2031, 2, 1)},
        ):
            pairings.add_task(session, village, values, TODAY)
        place = {"community": "建设社区", "registered_on": BEGUN, "skills": "书法", "post": "文明劝导员"}
        volunteering.register(session, who(session, "刘洋"), place, TODAY)
        service = {"on": date(2031, 2, 8), "content": "清扫楼道", "hours": Decimal("1.5"), "community": "建设社区"}
        volunteering.serve(session, who(session, "刘洋"), None, service | {"confirmed_by": "社区王主任"}, TODAY)
        volunteering.serve(
            session, None, branch,
            {"on": date(2031, 2, 9), "content": "清雪", "hours": Decimal(2), "people": 12, "pairing_id": village},
            TODAY,
        )  # fmt: skip
        held = activities.begin(
            session, branch, "volunteering", date(2031, 2, 15), TODAY, {"title": "植树", "hours": Decimal(3)}
        ).id
        called = {each.member_id for each in attendance.roll(session, held)}
        for name in ("刘洋", "吴国强"):
            if who(session, name) not in called:
                attendance.bring(session, held, who(session, name))
            attendance.mark(session, held, {who(session, name): Mark("出席")})
    return sample


def rows(database: Database, ledger: Ledger, view: View = VIEW) -> Sequence[Any]:
    with database.reading() as session:
        return [row for row in ledger.rows(session, view) if getattr(row, "since", BEGUN) >= BEGUN]


def own(database: Database, ledger: Ledger) -> Sequence[Any]:
    """The rows of the fixture: pairings of the sample may still run in its year."""
    return [row for row in rows(database, ledger) if getattr(row, "partner", "青石村") in ("青石村", "某企业")]


def test_pairings_say_how_they_stand_and_what_is_done(paired: Database) -> None:
    village, company = own(paired, CARE_PAIRINGS)
    assert (village.state, village.tasks, village.done, village.branch) == ("快到期", 3, 1, BRANCH)
    assert (company.state, company.tasks, company.branch) == ("已到期", 0, "示例局机关党总支")
    tasks = own(paired, CARE_PAIRING_TASKS)
    assert [row.state for row in tasks] == ["已逾期", "快到期", "已销号"]
    with paired.reading() as session:
        sheet = sheets.sheet(session, CARE_PAIRING_TASKS, VIEW)
    assert sheet.totals["spent"] == sum(row.spent or 0 for row in sheet.rows)
    assert "不计入党费" in sheet.note


def test_a_pairing_says_what_was_served_and_spent_for_it(paired: Database) -> None:
    village, company = own(paired, CARE_PAIRINGS)
    assert (village.people, village.hours, village.spent) == (12, Decimal(24), Decimal("6512.35"))
    assert (company.people, company.hours, company.spent) == (0, 0, 0)
    before = View(TODAY, Period.of_year(2032))
    assert next(row for row in rows(paired, CARE_PAIRINGS, before) if row.partner == "青石村").people == 0


def test_a_pairing_is_ended_once_and_says_what_is_left_of_it(paired: Database) -> None:
    village = own(paired, CARE_PAIRINGS)[0].id
    with paired.writing("x") as session:
        with pytest.raises(FieldError, match="早于开始日期"):
            pairings.end(session, village, date(2031, 1, 5), TODAY)
        with pytest.raises(FieldError, match="还没有到"):
            pairings.end(session, village, date(2031, 3, 7), TODAY)
        assert pairings.end(session, village, TODAY, TODAY) == 2
        with pytest.raises(UserError, match="已经在 2031-03-06 结束"):
            pairings.end(session, village, TODAY, TODAY)
    assert own(paired, CARE_PAIRINGS)[0].state == "已结束"


def test_services_of_activities_stand_beside_those_entered_and_count_once(paired: Database) -> None:
    found = rows(paired, CARE_SERVICE)
    assert [(row.source, row.people, row.total) for row in found] == [
        ("登记", 1, Decimal("1.5")), ("登记", 12, Decimal(24)), ("活动记录", 2, Decimal(6)),
    ]  # fmt: skip
    assert (found[0].registered_at, found[0].skills, found[0].post) == ("建设社区", "书法", "文明劝导员")
    assert found[1].pairing == "青石村"
    with paired.reading() as session:
        sheet = sheets.sheet(session, CARE_SERVICE, VIEW)
    assert (sheet.totals["people"], sheet.totals["total"]) == (15, Decimal("31.5"))
    assert sheet.note == "共 3 次、15 人次、31.5 小时，其中 1 次来自活动记录。"


def test_a_member_has_hours_of_both_against_the_mark(paired: Database) -> None:
    found = {row.name: row for row in rows(paired, CARE_SERVICE_HOURS)}
    assert (found["刘洋"].entered, found["刘洋"].from_activities, found["刘洋"].total) == (
        Decimal("1.5"), Decimal(3), Decimal("4.5"),
    )  # fmt: skip
    assert found["吴国强"].total == Decimal(3)
    assert found["刘洋"].state is None
    with paired.writing("x") as session:
        settings.change(session, service_hours=4)
    found = {row.name: row for row in rows(paired, CARE_SERVICE_HOURS)}
    assert (found["刘洋"].state, found["吴国强"].state) == ("已达标", "未达标")


def test_another_branch_has_none_of_it(paired: Database) -> None:
    with paired.reading() as session:
        other = next(each.id for each in organisation.branches(session) if each.name != BRANCH)
        view = View(TODAY, Period.of_year(2031), other)
        assert not [row for row in CARE_PAIRING_TASKS.rows(session, view) if row.partner == "青石村"]
        assert not CARE_SERVICE.rows(session, view)


@pytest.mark.parametrize("ledger", SAVED, ids=lambda each: each.name)
@pytest.mark.parametrize("writer", [excel, csv_file], ids=["xlsx", "csv"])
def test_a_workbook_comes_back_unchanged(paired: Database, tmp_path: Path, ledger: Ledger, writer: Any) -> None:
    with paired.reading() as session:
        sheet = sheets.sheet(session, ledger, VIEW)
    path = tmp_path / f"{sheet.heading}{'.xlsx' if writer is excel else '.csv'}"
    writer.write(sheet, path)
    with paired.writing("导入") as session:
        declared = local(session, ledger, hidden=True)
        report = intake.save(session, declared, matching.match(reader.read(path), declared), VIEW)
    assert report.problems == ()
    assert report.counts == {"unchanged": len(sheet.rows)}


def saved(database: Database, ledger: Ledger, *values: dict[str, object]) -> list[tuple[str, str | None]]:
    assert ledger.save is not None
    with database.writing("导入") as session:
        return [(each.kind, each.field) for each in ledger.save(session, values, VIEW)]


def test_rows_are_added_changed_and_refused(paired: Database) -> None:
    task = own(paired, CARE_PAIRING_TASKS)[1]
    assert saved(
        paired, CARE_PAIRING_TASKS,
        {"partner": "青石村", "branch": BRANCH, "task": "送技术", "id": str(task.id), "owner": "刘洋"},
        {"partner": "青石村", "branch": BRANCH, "task": "送技术", "id": str(task.id), "owner": "吴国强"},
        {"partner": "青石村", "branch": BRANCH, "task": "帮销售"},
        {"partner": "不认识的村", "branch": BRANCH, "task": "帮销售"},
    ) == [("updated", None), ("refused", "name"), ("added", None), ("refused", "partner")]  # fmt: skip
    day = date(2031, 2, 20)
    assert saved(
        paired, CARE_SERVICE,
        {"name": "刘洋", "on": day, "content": "值守", "hours": Decimal(4)},
        {"branch": BRANCH, "people": 3, "on": day, "content": "值守", "hours": Decimal(4)},
        {"on": day, "content": "值守", "hours": Decimal(4)},
        {"name": "没有这个人", "on": day, "content": "值守", "hours": Decimal(4)},
        {"name": "刘洋", "on": date(2031, 2, 15), "content": "植树", "hours": Decimal(3)},
    ) == [("added", None), ("added", None), ("refused", "branch"), ("refused", "name"), ("refused", "on")]  # fmt: skip
    place = {"name": "刘洋", "community": "建设社区", "registered_on": BEGUN}
    assert saved(paired, CARE_REGISTRATIONS, place, {**place, "post": "网格员"}) == [
        ("unchanged", None), ("refused", "name"),
    ]  # fmt: skip


def test_a_line_of_an_activity_is_not_changed_by_a_workbook(paired: Database) -> None:
    row = rows(paired, CARE_SERVICE)[-1]
    said = {"id": str(row.id), "on": row.on, "content": row.content, "people": row.people, "hours": row.hours}
    assert saved(paired, CARE_SERVICE, said) == [("unchanged", None)]
    assert saved(paired, CARE_SERVICE, {**said, "hours": Decimal(9)}) == [("refused", "hours")]


def test_hours_are_read_as_people_write_them() -> None:
    assert [SERVICE_HOURS.read(text) for text in ("2", "1.5小时", "90分钟")] == [
        Decimal(2), Decimal("1.5"), Decimal("1.5"),
    ]  # fmt: skip
    with pytest.raises(ValueError, match="不是时长"):
        SERVICE_HOURS.read("很久")


def test_the_trail_names_them_without_telling_phones(paired: Database) -> None:
    with paired.reading() as session:
        names = wording.Names(session)
        changes = session.scalars(select(Change).order_by(Change.id.desc()).limit(200)).all()
        told = {wording.about(each, names): [d.sentence for d in wording.differences(each, names)] for each in changes}
    assert any(each.startswith("结对") for each in told)
    assert "10000000001" not in str(told)
