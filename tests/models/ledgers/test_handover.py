"""党支部工作交接清单: what is open, what there is, and nothing of illness, numbers or passwords."""

from contextlib import closing
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from models import audit, backups, holders, preferences
from models.ledgers.dues.register import DUES_REGISTER
from models.ledgers.handover import packs
from models.ledgers.sheets import sheet, view_of
from models.records.care.cases import CareCase
from models.records.dues import payments
from models.records.dues.payments import Collection
from models.records.life import followups
from models.records.members.members import Member
from models.rules.periods import Month
from tests import founded

PASSWORD, OTHER = "白石路的三棵柳树", "南渡街的四座小桥"
TODAY = date(2026, 11, 20)


def pack_of(database):
    with database.reading() as session:
        ((number, pack),) = packs(session, view_of(session, TODAY))
    assert number == 1
    return pack


def matters(pack):
    return {each.name: each for each in pack.matters}


def test_the_sample_has_something_open_in_every_chapter(sample):
    pack = pack_of(sample)
    assert {each.chapter for each in pack.matters} == {"党费", "组织生活", "困难帮扶", "捐赠", "结对共建"}
    assert all(each.count and each.told for each in pack.matters)


def test_arrears_are_those_of_the_register(sample):
    with sample.reading() as session:
        filled = sheet(session, DUES_REGISTER, view_of(session, TODAY))
    arrears = matters(pack_of(sample))["欠交党费"]
    owing = [part.split(" ")[0] for part in arrears.told.split("：")[1].rstrip("。").split("；")]
    assert arrears.count == f"{len(owing)} 人"
    assert set(owing) <= {row.name for row in filled.rows}
    sums = [Decimal(part.split(" ")[-2].replace(",", "")) for part in arrears.told.split("：")[1].split("；")]
    assert f"合计 {sum(sums):,.2f} 元" in arrears.told


def test_a_payment_takes_somebody_off_the_list(sample):
    before = matters(pack_of(sample))["欠交党费"]
    with sample.writing("收费") as session:
        (number,) = session.scalars(select(Member.id).where(Member.name == "周丽萍"))
        payments.collect_all(session, Month(2026, 11), Collection(TODAY, "微信"), [number])
    after = matters(pack_of(sample))["欠交党费"]
    assert "周丽萍 1 个月" in before.told
    assert "周丽萍" not in after.told
    assert int(after.count.split()[0]) == int(before.count.split()[0]) - 1


def test_no_illness_no_name_of_a_case_and_no_number_stands_in_it(sample):
    said = repr(pack_of(sample))
    with sample.reading() as session:
        cases = session.query(CareCase).all()
        private = [text for case in cases for text in (case.cause, case.health, case.id_number, case.phone) if text]
        assert private
        assert [text for text in private if text in said] == []
    cared = [each for each in pack_of(sample).matters if each.name.startswith("没有退出的")]
    assert cared
    assert all("人" in each.told for each in cared)


def test_a_new_file_has_nothing_open(tmp_path):
    with closing(founded.make(tmp_path / "甲支部.zbtz", "甲支部", TODAY)) as database:
        pack = pack_of(database)
    assert pack.matters == ()
    assert [each.name for each in pack.ledgers] == ["党员名册"]
    assert pack.encrypted is False


def test_a_task_that_is_overdue_is_named(tmp_path):
    with closing(founded.make(tmp_path / "甲支部.zbtz", "甲支部", TODAY)) as database:
        with database.writing("登记") as session:
            for issue, due_on in (("报送整改方案", date(2026, 11, 1)), ("准备年底述职", date(2026, 12, 20))):
                followups.add(session, {"issue": issue, "due_on": due_on}, date(2026, 10, 1), branch_id=None)
        assert matters(pack_of(database))["后续事项没有办结"].told == "其中逾期 1 项：报送整改方案。"


def test_the_backups_are_those_of_this_file_in_both_places(sample, tmp_path, monkeypatch):
    first, second = tmp_path / "备份", tmp_path / "U 盘"
    known = preferences.Preferences(backup_folder=first, second_folder=second)
    monkeypatch.setattr(preferences, "read", lambda: known)
    made = backups.make(sample, first)
    (one, two) = pack_of(sample).backups
    assert (one.folder, one.count, one.last) == (str(first), 1, f"{made.made_at:%Y-%m-%d %H:%M}")
    assert (two.folder, two.count, two.last) == (str(second), 0, "")


def test_a_damaged_backup_does_not_count(sample, tmp_path, monkeypatch):
    folder = tmp_path / "备份"
    monkeypatch.setattr(preferences, "read", lambda: preferences.Preferences(backup_folder=folder))
    with backups.make(sample, folder).path.open("ab") as file:
        file.write(b"x")
    assert pack_of(sample).backups[0].count == 0


def test_who_opens_the_file_is_named_and_no_password(tmp_path):
    with closing(founded.make(tmp_path / "甲支部.zbtz", "甲支部", TODAY, password=PASSWORD)) as database:
        holders.add(database, "周丽萍", "经办", OTHER)
        pack = pack_of(database)
    assert pack.encrypted is True
    assert pack.people == ("周丽萍（经办）",)
    assert PASSWORD not in repr(pack)
    assert OTHER not in repr(pack)


def test_the_trail_stands_with_its_head_and_count(sample):
    with sample.reading() as session:
        assert pack_of(sample).trail == audit.Anchor(audit.length(session), audit.head(session))
