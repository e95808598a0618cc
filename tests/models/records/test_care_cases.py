"""Cases of hardship: the order of their steps, one open case a person, and what a public posting says of them."""

import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exporters import excel, pdf
from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.care.cases import CARE_CASES, case_rows
from models.ledgers.care.changes import CARE_CHANGES, CARE_POSTING, CARE_POSTING_UNNAMED
from models.ledgers.sheets import sheet
from models.records.care import cases as care_cases
from models.records.members import members
from models.rules import care
from models.rules.periods import Period
from tests.exporters import pages
from tests.people import id_number

TODAY = date(2026, 11, 20)
VIEW = View(TODAY, Period.of_year(2026))
CANARY = "青山鹦鹉"


@pytest.fixture
def case_id(sample: Database) -> int:
    """A case of a member, applied for in September."""
    with sample.writing("登记帮扶申请") as session:
        member = members.find(session, "刘洋")
        given = {"sort": "困难党员", "health": CANARY, "detail": CANARY, "address": CANARY}
        return care_cases.apply(session, given, date(2026, 9, 1), TODAY, member.id).id


def test_the_steps_are_taken_in_order_and_never_backwards(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        with pytest.raises(FieldError, match="下一步是支部评议"):
            care_cases.take_step(session, case_id, care.TAKEN_IN, TODAY, {}, TODAY)
        with pytest.raises(FieldError, match="早于申请日期"):
            care_cases.take_step(session, case_id, care.DISCUSSED, date(2026, 8, 1), {}, TODAY)
        care_cases.take_step(session, case_id, care.DISCUSSED, date(2026, 9, 10), {}, TODAY)
        with pytest.raises(FieldError, match="公示到哪一天"):
            care_cases.take_step(session, case_id, care.POSTED, date(2026, 9, 14), {}, TODAY)
        posted = care_cases.take_step(
            session, case_id, care.POSTED, date(2026, 9, 14), {"until": date(2026, 9, 18)}, TODAY
        )
        assert care_cases.posted_days(session, posted) == 5
        with pytest.raises(FieldError, match="公示结束以后"):
            care_cases.take_step(session, case_id, care.APPROVED, date(2026, 9, 16), {}, TODAY)
        care_cases.take_step(session, case_id, care.APPROVED, date(2026, 9, 21), {}, TODAY)
        with pytest.raises(FieldError, match="困难程度"):
            care_cases.take_step(session, case_id, care.TAKEN_IN, date(2026, 9, 22), {}, TODAY)
        care_cases.take_step(session, case_id, care.TAKEN_IN, date(2026, 9, 22), {"degree": "一般困难"}, TODAY)
        with pytest.raises(UserError, match="已经纳入"):
            care_cases.remove(session, case_id)
        with pytest.raises(FieldError, match="退出原因"):
            care_cases.take_step(session, case_id, care.CLOSED, TODAY, {}, TODAY)
        care_cases.take_step(session, case_id, care.CLOSED, TODAY, {"reason": "脱困"}, TODAY)
    with sample.reading() as session:
        then = {row.id: row for row in case_rows(session, VIEW.back_to(date(2026, 9, 15)))}[case_id]
        now = {row.id: row for row in case_rows(session, VIEW)}[case_id]
    assert (then.state, then.degree) == ("公示中", None)
    assert (now.state, now.degree, now.left_reason) == (care.LEFT, "一般困难", "脱困")


def test_a_member_has_one_open_case(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        member_id = care_cases.find(session, case_id).member_id
        assert member_id is not None
        with pytest.raises(FieldError, match="没有退出"):
            care_cases.apply(session, {"sort": "老党员"}, TODAY, TODAY, member_id)


def test_the_income_is_shared_by_the_household(sample: Database, case_id: int) -> None:
    with sample.writing("登记") as session:
        assert care_cases.income_per_head(session, case_id) is None
        care_cases.add_income(session, case_id, {"source": "工资", "amount": Decimal("48000.00")})
        care_cases.add_relative(session, case_id, {"relation": "儿子", "name": "刘小洋"})
        assert care_cases.income_per_head(session, case_id) == Decimal("2000.00")


def test_what_came_and_left_makes_the_balance(sample: Database) -> None:
    with sample.reading() as session:
        note = sheet(session, CARE_CHANGES, VIEW).note
        standing = [row for row in case_rows(session, VIEW) if row.state == care.ON_RECORD]
    assert note.endswith(f"= 期末 {len(standing)} 个。")


def test_a_posting_says_no_more_than_name_kind_and_days(sample: Database, case_id: int, tmp_path: Path) -> None:
    number, phone = id_number("1971-02-03"), "10034571234"
    with sample.writing("登记") as session:
        told = {"name": "谷满仓", "sort": "困难群众", "id_number": number, "phone": phone, "health": CANARY,
                "detail": CANARY, "address": CANARY, "remark": CANARY, "helper_phone": phone, "aid": CANARY,
                "certificates": CANARY, "recognised": CANARY, "asked": Decimal("98765.43")}  # fmt: skip
        other = care_cases.apply(session, told, date(2026, 9, 1), TODAY).id
        care_cases.add_income(session, other, {"source": CANARY, "amount": Decimal("98765.43")})
        care_cases.add_relative(session, other, {"relation": "配偶", "name": CANARY})
        care_cases.change(session, other, {"name": f"谷满仓（{CANARY}）"})
        for each in (case_id, other):
            care_cases.take_step(session, each, care.DISCUSSED, date(2026, 9, 2), {"reason": CANARY}, TODAY)
            days = {"until": date(2026, 9, 14), "reason": CANARY}
            care_cases.take_step(session, each, care.POSTED, date(2026, 9, 7), days, TODAY)
    with sample.reading() as session:
        posted = [sheet(session, ledger, VIEW) for ledger in (CARE_POSTING, CARE_POSTING_UNNAMED)]
        whole = sheet(session, CARE_CASES, VIEW)
    assert any(CANARY in str(row) for row in whole.rows)
    for place, shown in enumerate(posted):
        assert shown.public
        texts = str(shown)
        for write, ending in ((excel.write, "xlsx"), (pdf.write, "pdf")):
            path = tmp_path / f"公示{place}.{ending}"
            write(shown, path)
            texts += _text(path)
        assert "谷满仓" in texts if place == 0 else "谷满仓" not in texts
        for hidden in (CANARY, number, phone, "98765.43", "98,765.43", "8230.45"):
            assert hidden not in texts


def _text(path: Path) -> str:
    """All that a file says, with its properties."""
    if path.suffix == ".pdf":
        return "\n".join(pages.texts(path))
    with zipfile.ZipFile(path) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
