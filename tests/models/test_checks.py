"""The check finds nothing in what the program did, and what is wrong in what others did."""

import re
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest

from models import attachments, audit, checks, trail
from models.attachments import FOLDER
from models.errors import UserError
from models.records.dues import assessments, months, payments, remittances
from models.records.dues.months import Due
from models.records.dues.payments import Allotment, Collection, Payment
from models.records.dues.remittances import Remittance, Voucher
from models.records.members import members
from models.rules.periods import Month, PartialDate
from tests import samples

TODAY = date(2026, 11, 23)
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
FEN = Decimal("0.01")


def live_november(database):
    """Two members pay November, one of them by mistake; the rest is handed up with its voucher and scan."""
    with database.writing("登记") as session:
        for name in ("张红卫", "李秀英"):
            member = members.add(session, {"name": name, "birth_date": PartialDate(1980), "phone": "10000000001"})
            assessments.save_one(session, member.id, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
        months.open_month(session, NOVEMBER, TODAY)
    with database.writing("收缴") as session:
        payments.collect_all(session, NOVEMBER, Collection(TODAY), [1, 2])
        payments.reverse(session, 2, "误记", TODAY)
    with database.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, TODAY, "20261123")
        session.get_one(Voucher, 1).attachment_id = attachments.add(session, "凭证.pdf", b"%PDF-1.7 voucher").id


@pytest.fixture
def lived(database):
    live_november(database)
    return database


def by_hand(database, *statements):
    with closing(sqlite3.connect(database.path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_what_the_program_did_is_in_order(either):
    live_november(either)
    assert checks.check(either) == []


def test_a_year_of_the_sample_branch_is_in_order(tmp_path):
    with closing(samples.build(tmp_path / "示例.zbtz", samples.DAY)) as built:
        assert checks.check(built) == []


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE payments SET amount = amount + 1 WHERE id = 1",
            "交纳（编号 1）的金额与变更记录不符，是其他软件改动的。",
        ),
        ("UPDATE allotments SET amount = 1.5 WHERE id = 1", "入账（编号 1）的金额与变更记录不符，是其他软件改动的。"),
        ("DELETE FROM vouchers", "凭证（编号 1）不见了：变更记录里有，数据里没有，是其他软件删除的。"),
        (
            "INSERT INTO dues_rule_sets (id, version, from_month, document) VALUES (4, 1, 'x', 'y')",
            "党费标准（编号 4）不是本程序登记的：数据里有，变更记录里没有。",
        ),
        ("UPDATE members SET phone = 'x' WHERE id = 2", "党员（编号 2）的联系电话与变更记录不符，是其他软件改动的。"),
        ("UPDATE attachments SET sha256 = 'x'", "附件（编号 1）的内容与变更记录不符，是其他软件改动的。"),
        ("DELETE FROM payments WHERE id = 1", "数据文件里有记录指向不存在的记录，请从最近的备份恢复。"),
    ],
)
def test_what_another_program_changed_is_named(lived, statement, sentence):
    by_hand(lived, statement)
    assert checks.check(lived) == [sentence]


def test_a_broken_trail_is_named(lived):
    by_hand(lived, "DROP TRIGGER changes_no_update", "UPDATE changes SET record_id = 7 WHERE id = 6")
    chain, protection = checks.check(lived)
    assert "第 6 条起接不上" in chain
    assert "防改动保护" in protection


def test_an_operation_of_nothing_is_named(lived):
    by_hand(lived, "INSERT INTO operations (at, actor, title) VALUES ('', '', '')")
    (problem,) = checks.check(lived)
    assert "没有内容的操作" in problem


def test_a_trail_cut_off_is_named_with_where_it_was_kept(lived):
    with lived.reading() as session:
        anchored = trail.anchor(session)
    lost = (
        "DROP TRIGGER changes_no_delete",
        "DROP TRIGGER operations_no_delete",
        "DELETE FROM changes WHERE operation_id = 4",
        "DELETE FROM operations WHERE id = 4",
        "UPDATE allotments SET remittance_id = NULL",
        "DELETE FROM vouchers",
        "DELETE FROM remittances",
        "DELETE FROM attachments",
    )
    protection = (
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, ''); END"
        for table in ("changes", "operations")
    )
    by_hand(lived, *lost, *protection)
    assert checks.check(lived) == []
    (problem,) = checks.check(lived, [("2026-11-23 的备份", anchored)])
    assert problem.startswith("变更记录与2026-11-23 的备份时的接不上")


def test_many_differences_are_counted(lived):
    with lived.writing("登记") as session:
        for number in range(30):
            members.add(session, {"name": f"张{number}", "birth_date": PartialDate(1980)})
    by_hand(lived, "UPDATE members SET remark = 'x' WHERE id > 2")
    found = checks.check(lived)
    assert len(found) == checks.MOST + 1
    assert found[-1] == "另有 10 处同类问题。"


def test_a_damaged_file_is_told(either):
    live_november(either)
    either.close()
    content = bytearray(either.path.read_bytes())
    content[5 * 4096 : 9 * 4096] = bytes(4 * 4096)
    either.path.write_bytes(content)
    (problem, *_) = checks.check(either)
    assert "已损坏" in problem


def test_a_lost_scan_is_told(lived):
    (stored,) = (lived.path.parent / FOLDER).iterdir()
    stored.unlink()
    (problem,) = checks.check(lived)
    assert "附件“凭证.pdf”的文件不见了" in problem


def _book_too_much(session):
    session.get_one(Allotment, 1).amount += FEN


def _book_to_another(session):
    session.get_one(Allotment, 1).member_id = 2


def _pay_nothing(session):
    session.add(Payment(member_id=1, branch_id=1, paid_on=TODAY, amount=Decimal(0), method="现金"))


def _reverse_by_half(session):
    payment, allotment = session.get_one(Payment, 3), session.get_one(Allotment, 3)
    payment.amount = allotment.amount = payment.amount + FEN


def _reverse_another_month(session):
    session.get_one(Allotment, 3).month = DECEMBER


def _hand_up_less(session):
    session.get_one(Remittance, 1).amount -= FEN


def _vouch_for_more(session):
    session.add(Voucher(remittance_id=1, number="2", dated=TODAY, amount=FEN))


def _owe_a_negative(session):
    session.get_one(Due, 1).amount = -FEN


def _owe_before_opening(session):
    session.get_one(Due, 1).month = DECEMBER


def _lose_the_scan(session):
    session.delete(session.get_one(attachments.Attachment, 1))


@pytest.mark.parametrize(
    ("mistake", "words"),
    [
        (_book_too_much, "交纳记录（编号 1）记入各月的金额合计不等于实交金额"),
        (_book_to_another, "交纳记录（编号 1）记到了别人名下"),
        (_pay_nothing, "交纳记录（编号 4）的金额正负不对"),
        (_reverse_by_half, "冲销记录（编号 3）与它冲销的那一笔对不上"),
        (_reverse_another_month, "交纳记录（编号 2）已冲销，但有的月份没有冲平"),
        (_hand_up_less, "2026年11月的上缴记录（编号 1）不等于它所含各笔党费的合计"),
        (_vouch_for_more, "2026年11月的上缴记录（编号 1）的凭证金额不对"),
        (_owe_a_negative, "应交记录（编号 1）是负数"),
        (_owe_before_opening, "2026年12月没有开账，却有应交记录"),
        (_lose_the_scan, "凭证 20261123 的扫描件没有登记"),
    ],
)
def test_books_that_do_not_agree_are_named(lived, mistake, words):
    """Mistakes that only a fault of the program could make: the trail knows of them and they are wrong all the same."""
    with lived.writing("出错") as session:
        mistake(session)
    assert any(re.search(re.escape(words), problem) for problem in checks.check(lived))


def test_a_due_twice_is_named(lived):
    by_hand(lived, "CREATE TABLE copy AS SELECT * FROM dues", "DROP TABLE dues", "ALTER TABLE copy RENAME TO dues")
    with lived.writing("出错") as session:
        session.add(
            Due(month=NOVEMBER, member_id=1, branch_id=1, amount=FEN, working="", source="", category=None, id=9)
        )
    assert "2026年11月党员（编号 1）的应交记录有重复。" in checks.check(lived)


def test_the_protection_can_be_seen(lived):
    with lived.reading() as session:
        assert not audit.unprotected(session.connection())


def test_what_was_reversed_is_not_moved_to_other_months(lived):
    with lived.writing("收缴") as session:
        for _ in range(2):
            payments.collect(session, 2, NOVEMBER, Collection(TODAY), Decimal("200.00"))
        payments.reverse(session, 4, "误记", TODAY)
    for number in (4, 6):
        with pytest.raises(UserError, match="已经冲销"), lived.writing("转") as session:
            payments.allot_excess(session, number, NOVEMBER, [DECEMBER])
    assert checks.check(lived) == []
