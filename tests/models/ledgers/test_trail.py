"""The trail in words."""

from datetime import date
from decimal import Decimal

from models import settings
from models.audit import AuditedSession
from models.database import Database
from models.ledger import View
from models.ledgers.sheets import sheet
from models.ledgers.trail import LONGEST, TRAIL, lines_of, local
from models.records.dues import months
from models.records.members import members, roster
from models.rules.periods import Month, PartialDate, Period

TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))


def test_operations_stand_newest_first(database: Database) -> None:
    with database.writing("改收缴日") as session:
        settings.change(session, collection_day=20)
    with database.reading() as session:
        shown = sheet(session, TRAIL, VIEW)
        newest = shown.rows[0]
        assert (newest.title, newest.actor, newest.changes) == ("改收缴日", "周丽萍", 1)
        assert shown.rows[-1].title == "新建数据文件"
        assert lines_of(session, shown.rows[0].id) == ["修改设置 收缴日：23 → 20"]


def test_settings_and_members_are_told_in_chinese(database: Database) -> None:
    with database.writing("登记") as session:
        settings.change(session, holidays=("2027-01-01", "2027-01-02"), maker="周丽萍")
        members.add(session, {"name": "林小满", "birth_date": PartialDate(1998, 3), "dues_base": Decimal(5120)})
    with database.reading() as session:
        said = lines_of(session, 2)
    assert "新增设置 节假日：2027-01-01、2027-01-02" in said
    assert "新增设置 填表人：周丽萍" in said
    assert any(line.startswith("新增党员 林小满：") and "缴费基数：5,120.00" in line for line in said)


def test_identity_numbers_are_masked(database: Database) -> None:
    with database.writing("登记") as session:
        members.add(session, {"name": "钱永年", "id_number": "119908194807080358"})
    with database.reading() as session:
        said = "".join(lines_of(session, 2))
    assert "119908194807080358" not in said
    assert "119908********0358" in said


def test_equal_lines_are_counted_and_long_ones_cut(database: Database) -> None:
    rows = [{"name": f"党员{number:03d}", "birth_date": PartialDate(1980)} for number in range(LONGEST + 5)]
    with database.writing("导入") as session:
        roster.save(session, rows)
    with database.writing("开账") as session:
        months.open_month(session, NOVEMBER, TODAY)
    with database.reading() as session:
        assert lines_of(session, 2)[-1] == "……另有 5 条"
        assert len(lines_of(session, 3)) == 1


def test_an_undone_operation_is_marked(database: Database) -> None:
    with database.writing("改收缴日") as session:
        settings.change(session, collection_day=20)
    with database.writing("撤销：改收缴日") as session:
        assert isinstance(session, AuditedSession)
        session.undoes = 2
        settings.change(session, collection_day=23)
    with database.reading() as session:
        assert [row.state for row in sheet(session, TRAIL, VIEW).rows] == ["撤销", "已撤销", ""]


def test_moments_are_local_time() -> None:
    assert len(local("2026-11-20T04:00:00+00:00")) == len("2026-11-20 12:00")
