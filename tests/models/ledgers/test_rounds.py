"""The ledgers of rounds: they read back what they write, add up alike, and keep private numbers to themselves."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from exporters import excel
from exporters.forms import named
from importers.reader import read
from models.audit import Change
from models.database import Database
from models.errors import FieldError
from models.ledger import View
from models.ledgers.care import papers as care_papers
from models.ledgers.care.funds import CARE_FUNDS, fund_rows
from models.ledgers.care.gift_lists import save
from models.ledgers.care.gift_rows import HANDED, parts_from
from models.ledgers.care.gifts import CARE_GIFTS, gift_rows
from models.ledgers.care.totals import CARE_TOTALS, total_rows
from models.ledgers.sheets import sheet
from models.ledgers.wording import Names, differences
from models.records.care import rounds as care_rounds
from models.records.care.rounds import CareGift, CareRound
from models.rules.periods import Period
from tests.exporters import pages

TODAY = date(2026, 11, 20)
VIEW = View(TODAY, Period.of_year(2026))
ACCOUNT = "6200999900001234567"


def test_the_sample_has_two_rounds_that_add_up(sample: Database) -> None:
    with sample.reading() as session:
        gifts, totals, funds = gift_rows(session, VIEW), total_rows(session, VIEW), fund_rows(session, VIEW)
    money = sum((row.amount or Decimal(0) for row in gifts if row.state == HANDED), Decimal(0))
    assert money == Decimal(7200) == sum(row.amount for row in totals)
    assert money == sum((row.spending or Decimal(0) for row in funds), Decimal(0))
    for row in totals:
        assert row.amount == row.dues + row.above + row.office + row.union + row.donated + row.other
        assert row.people == row.members + row.old + row.cadres + row.others + row.rest
    assert sum(row.unvalued for row in totals) == 1
    assert {row.leaders for row in totals} == {"张红卫、蒋玥、戚琰", "蒋玥、戚琰"}
    assert all(row.balance is not None and row.balance >= 0 for row in funds)


def test_rows_read_back_leave_everything_as_it_is(sample: Database) -> None:
    with sample.writing("导入") as session:
        rows = [asdict(row) for row in gift_rows(session, VIEW)]
        assert {outcome.kind for outcome in save(session, rows, VIEW)} == {"unchanged"}


def test_a_signing_list_makes_a_round(sample: Database) -> None:
    line = {"round": "2026年国庆慰问", "name": "王建国", "category": "老党员", "goods": "大米", "unit": "袋"}
    own = {**line, "quantity": Decimal(1), "amount": Decimal(200), "sources": "工会", "handed_on": date(2026, 9, 28)}
    other = {**line, "name": "住户甲", "category": "困难群众", "receiver": "住户乙", "relation": "配偶"}
    wrong = {**line, "name": "沈衡", "amount": Decimal(200), "sources": "工会 150.00；行政经费 20.00"}
    with sample.writing("导入") as session:
        outcomes = save(session, [own, {**other, "handed_on": date(2026, 9, 28)}, wrong], VIEW)
        assert [outcome.kind for outcome in outcomes] == ["added", "added", "refused"]
        assert outcomes[2].field == "sources"
        done = {row.name: row for row in gift_rows(session, VIEW) if row.round == "2026年国庆慰问"}
        assert (done["王建国"].state, done["王建国"].amount) == (HANDED, Decimal(200))
        assert (done["住户甲"].receiver, done["住户甲"].amount) == ("住户乙", None)
        again = save(session, [own], VIEW)
        assert [outcome.kind for outcome in again] == ["unchanged"]


@pytest.mark.parametrize(
    ("sources", "amount", "parts"),
    [
        (None, None, []),
        ("工会", Decimal(3), [("工会", Decimal(3))]),
        ("工会 1.50；捐赠 2", Decimal("3.50"), [("工会", Decimal("1.50")), ("捐赠", Decimal(2))]),
    ],
)
def test_sources_are_read_as_they_are_written(
    sources: str | None, amount: Decimal | None, parts: list[tuple[str, Decimal]]
) -> None:
    assert parts_from(sources, amount) == parts


def test_money_without_a_source_is_refused() -> None:
    with pytest.raises(FieldError, match="请填写资金来源"):
        parts_from(None, Decimal(3))


def test_account_numbers_leave_on_the_bank_list_and_the_private_sheet_alone(sample: Database, tmp_path: Path) -> None:
    with sample.writing("账号") as session:
        first = session.scalars(select(CareRound).order_by(CareRound.id)).first()
        assert first is not None
        first.closed_on = None
        gift = session.scalars(select(CareGift).where(CareGift.round_id == first.id)).first()
        assert gift is not None
        gift.account = ACCOUNT
        care_rounds.note_export(session, first.id, "银行发放名单", 1, TODAY)
        number = first.id
    with sample.reading() as session:
        for ledger in (CARE_GIFTS, CARE_TOTALS, CARE_FUNDS):
            path = tmp_path / f"{ledger.name}.xlsx"
            excel.write(sheet(session, ledger, VIEW), path)
            written = str(read(path))
            assert ("上级下拨" in written, ACCOUNT in written) == (True, False)
        form, plain = named("care_signing"), care_papers.signing_sheet(session, number, VIEW)
        form.write([plain], tmp_path / "x.pdf", lambda _done, _total: None)
        told = "".join(pages.texts(tmp_path / "x.pdf"))
        assert ACCOUNT not in told
        private = care_papers.signing_sheet(session, number, VIEW, private=True)
        form.write([private], tmp_path / "y.pdf", lambda _done, _total: None)
        assert ACCOUNT in "".join("".join(pages.texts(tmp_path / "y.pdf")).split())
        assert ACCOUNT in str(care_papers.bank_list(session, number, VIEW, with_handed=True).sheet.rows)
        names = Names(session)
        changes = session.scalars(select(Change).where(Change.table_name == "care_gifts"))
        assert not any(ACCOUNT in each.sentence for change in changes for each in differences(change, names))
