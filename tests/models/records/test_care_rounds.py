"""A festival round: who is on its list, what is handed out, reversed, closed against vouchers and opened again."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models import checks, undo
from models.database import Database
from models.errors import FieldError, UserError
from models.money_checks import care
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care import sources as care_sources
from models.records.care.cases import CareCase
from models.records.care.rounds import CareGift, CareHandout, Chosen
from models.records.dues import cash_book, spending
from models.records.dues.cash_book import CashEntry
from models.records.members import members
from models.records.members.members import Member
from models.rules import rounds
from models.rules.rounds import Share

TODAY = date(2026, 11, 20)
HUNDRED = Decimal(100)
YUAN = st.decimals(Decimal("0.01"), Decimal(9999), places=2)
SHARES = st.lists(
    st.builds(
        Share,
        st.integers(1, 9),
        st.sampled_from(["党费", "捐赠"]),
        st.sampled_from(["老党员", "困难党员"]),
        st.sampled_from(["甲", "乙"]),
        YUAN,
    )
)
SUMS = st.dictionaries(st.sampled_from(["党费", "工会", "捐赠"]), YUAN)


def begun(session: Session, **values: Any) -> int:
    return care_rounds.begin(session, {"festival": "春节", "year": 2027, **values}).id


def listed(session: Session, round_id: int, name: str, *parts: tuple[str, Any], **values: Any) -> CareGift:
    """Puts a member on the list and settles what they are given."""
    member = session.scalars(select(Member).where(Member.name == name)).one()
    gift = care_rounds.choose(session, round_id, Chosen(name, "老党员", member.id))
    return care_rounds.settle(session, gift.id, values, parts)


def funded(session: Session, **amounts: str) -> None:
    for fund, amount in amounts.items():
        care_funds.receive(session, {"fund": fund, "on": TODAY, "amount": Decimal(amount)}, TODAY)


def hand(session: Session, gift: CareGift, **values: Any) -> CareHandout:
    return care_handing.hand_out(session, gift.id, values, TODAY)


def left(session: Session, fund: str) -> Decimal:
    return care_handing.balance(session, care_funds.fund_named(session, fund), TODAY)


@given(SHARES)
def test_every_way_to_add_up_gives_the_total(shares: list[Share]) -> None:
    for of in (lambda each: each.source, lambda each: each.category, lambda each: each.branch):
        assert sum(rounds.sums(shares, of).values(), Decimal(0)) == rounds.total(shares)


@given(SUMS, SUMS)
def test_what_differs_is_what_vouchers_do_not_make_up(
    handed: Mapping[str, Decimal], vouched: Mapping[str, Decimal]
) -> None:
    apart = rounds.differing(handed, vouched)
    assert sum((each.difference for each in apart), Decimal(0)) == sum(vouched.values()) - sum(handed.values())
    assert all(each.difference for each in apart)
    assert rounds.differing(handed, handed) == []


def test_one_gift_of_two_sources_leaves_each_its_balance(sample: Database) -> None:
    with sample.writing("x") as session:
        funded(session, 捐赠="300", 爱心基金="500")
        gift = listed(session, begun(session), "钱永年", ("捐赠", HUNDRED), ("爱心基金", Decimal(200)), goods="大米")
        done = hand(session, gift)
        assert (done.amount, done.receiver, done.relation) == (Decimal(300), "钱永年", None)
        assert (left(session, "捐赠"), left(session, "爱心基金")) == (Decimal(200), Decimal(300))


def test_goods_without_value_are_no_money(sample: Database) -> None:
    with sample.writing("x") as session:
        gift = listed(session, begun(session), "钱永年", goods="大米", quantity=Decimal(2), unit="袋")
        assert hand(session, gift).amount == 0
        valued = listed(session, gift.round_id, "王建国", goods="食用油", value=Decimal("88.00"))
        assert hand(session, valued).amount == 0
        assert care_handing.given(session, gift.round_id) == {}


def test_nobody_is_twice_in_a_round_without_a_word(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session)
        who = Chosen("住户甲", "困难群众")
        care_rounds.choose(session, number, who)
        with pytest.raises(FieldError, match="已经在") as refused:
            care_rounds.choose(session, number, who)
        assert refused.value.field == "again"
        care_rounds.choose(session, number, Chosen("住户甲", "困难群众", again="家中失火"))
        assert len(care_handing.gifts(session, number)) == 2


def test_a_proxy_says_how_they_are_related(sample: Database) -> None:
    with sample.writing("x") as session:
        funded(session, 捐赠="300")
        gift = listed(session, begun(session), "钱永年", ("捐赠", HUNDRED))
        with pytest.raises(FieldError, match="关系"):
            hand(session, gift, receiver="钱小年")
        assert hand(session, gift, receiver="钱小年", relation="子女").relation == "子女"


def test_who_died_in_the_middle_of_a_round_is_said_so(sample: Database) -> None:
    with sample.writing("x") as session:
        funded(session, 捐赠="300")
        gift = listed(session, begun(session), "钱永年", ("捐赠", HUNDRED))
        assert gift.member_id is not None
        members.leave(session, gift.member_id, "去世", TODAY)
        with pytest.raises(FieldError, match="已去世") as refused:
            hand(session, gift)
        assert refused.value.field == "word"
        hand(session, gift, receiver="钱小年", relation="子女", word="由家属代领")


def test_more_than_a_source_has_is_not_handed_out(sample: Database) -> None:
    with sample.writing("x") as session:
        funded(session, 捐赠="50")
        with pytest.raises(UserError, match=r"结余 50\.00 元"):
            hand(session, listed(session, begun(session), "钱永年", ("捐赠", HUNDRED)))


def test_a_hand_out_is_reversed_and_nothing_is_deleted(sample: Database) -> None:
    with sample.writing("x") as session:
        funded(session, 捐赠="300")
        gift = listed(session, begun(session), "钱永年", ("捐赠", HUNDRED))
        done = hand(session, gift)
        with pytest.raises(UserError, match="先冲销"):
            care_rounds.settle(session, gift.id, {}, [("捐赠", Decimal(50))])
        counter = care_handing.reverse_handout(session, done.id, "登记有误", TODAY)
        assert (counter.amount, left(session, "捐赠")) == (-HUNDRED, Decimal(300))
        with pytest.raises(UserError, match="已经冲销过"):
            care_handing.reverse_handout(session, done.id, "再冲销", TODAY)
        care_rounds.settle(session, gift.id, {}, [("捐赠", Decimal(50))])
        hand(session, gift)
        assert left(session, "捐赠") == Decimal(250)
        assert len(session.scalars(select(CareHandout).where(CareHandout.gift_id == gift.id)).all()) == 3
    assert checks.check(sample) == []


def test_income_that_was_handed_out_is_not_reversed(sample: Database) -> None:
    with sample.writing("x") as session:
        entry = care_funds.receive(session, {"fund": "捐赠", "on": TODAY, "amount": HUNDRED}, TODAY)
        hand(session, listed(session, begun(session), "钱永年", ("捐赠", HUNDRED)))
        with pytest.raises(UserError, match="已经发放了一部分"):
            care_handing.reverse_entry(session, entry.id, "有误", TODAY)


def test_a_round_closes_against_its_vouchers_or_with_a_word(sample: Database) -> None:
    with sample.writing("x") as session:
        funded(session, 捐赠="300")
        gift = listed(session, begun(session), "钱永年", ("捐赠", HUNDRED))
        hand(session, gift)
        care_rounds.vouch(session, gift.round_id, "捐赠", "2026-018", Decimal(90))
        with pytest.raises(FieldError, match=r"少 10\.00 元"):
            care_handing.close(session, gift.round_id, TODAY)
        care_rounds.vouch(session, gift.round_id, "捐赠", "2026-018", HUNDRED)
        care_handing.close(session, gift.round_id, TODAY)
        with pytest.raises(UserError, match="重新打开"):
            care_rounds.vouch(session, gift.round_id, "捐赠", "2026-019", HUNDRED)
        care_handing.reopen(session, gift.round_id, "补登凭证", TODAY)
        care_rounds.vouch(session, gift.round_id, "捐赠", "2026-019", HUNDRED)
        care_handing.close(session, gift.round_id, TODAY, "另一张凭证含慰问品")


def test_dues_need_a_decision_and_are_booked_once(sample: Database) -> None:
    with sample.writing("x") as session:
        gift = listed(session, begun(session), "钱永年", ("党费", HUNDRED))
        with pytest.raises(UserError, match="集体研究"):
            hand(session, gift)
        values = {"activity": "慰问", "kind": "慰问困难党员", "asked_on": TODAY, "budget": Decimal(200)}
        decided = {"decided_on": TODAY, "approved_on": TODAY, "approver": "机关党委"}
        request = spending.save(session, values | decided)
        cash_book.receive(session, {"on": TODAY, "summary": "下拨", "kind": "下拨党费", "amount": Decimal(500)})
        care_rounds.change(session, gift.round_id, {"request_id": request.id})
        hand(session, gift)
        care_rounds.vouch(session, gift.round_id, "党费", "2026-020", HUNDRED)
        before = cash_book.balance_at(session, TODAY, None)
        closed = care_handing.close(session, gift.round_id, TODAY)
        assert cash_book.balance_at(session, TODAY, None) == before - HUNDRED
        entry = session.get_one(CashEntry, closed.cash_entry_id)
        assert (entry.number, entry.kind, entry.request_id) == ("2026-020", "慰问困难党员", request.id)
        assert left(session, "党费") == before - HUNDRED
        care_handing.reopen(session, gift.round_id, "凭证有误", TODAY)
        assert cash_book.balance_at(session, TODAY, None) == before
        care_handing.close(session, gift.round_id, TODAY)
        assert cash_book.spent(session, request.id) == HUNDRED
    assert checks.check(sample) == []


def test_undo_reverses_hand_outs_and_income(sample: Database) -> None:
    with sample.writing("到账") as session:
        funded(session, 捐赠="300")
    with sample.writing("选人") as session:
        gift = listed(session, begun(session), "钱永年", ("捐赠", HUNDRED)).id
    with sample.writing("发放") as session:
        care_handing.hand_out(session, gift, {}, TODAY)
    with sample.writing("撤销") as session:
        assert undo.undo_last(session, TODAY) == "发放"
        assert care_rounds.standing(session, gift) is None
        assert len(session.scalars(select(CareHandout).where(CareHandout.gift_id == gift)).all()) == 2
    with sample.reading() as session:
        assert left(session, "捐赠") == Decimal(300)
    assert checks.check(sample) == []


def test_check_tells_of_a_sum_that_was_broken(sample: Database) -> None:
    with sample.writing("x") as session:
        funded(session, 捐赠="300")
        hand(session, listed(session, begun(session), "钱永年", ("捐赠", HUNDRED)))
    with sample.writing("x") as session:
        session.execute(text("UPDATE care_gift_parts SET amount = 9000"))
        assert [said for said in care(session) if "各来源之和" in said]
        session.rollback()


def test_a_source_is_renamed_everywhere_and_stopped_but_not_removed_once_used(sample: Database) -> None:
    with sample.writing("x") as session:
        fund = care_sources.add(session, {"name": "爱心基金", "sort": "捐赠"})
        assert care_funds.names(session)[:5] == care_funds.SORTS  # one more of its sort leaves the usual one
        funded(session, 爱心基金="500")
        gift = listed(session, begun(session), "钱永年", ("爱心基金", HUNDRED))
        care_sources.change(session, fund.id, {"name": "互助金", "sort": "捐赠"})
        assert care_handing.given(session, gift.round_id) == {}
        hand(session, gift)
        assert care_handing.given(session, gift.round_id) == {"互助金": HUNDRED}
        with pytest.raises(UserError, match="请停用"):
            care_sources.remove(session, fund.id)
        care_sources.stop(session, fund.id, TODAY)
        assert "互助金" not in care_funds.names(session)
        with pytest.raises(FieldError, match="停用"):
            listed(session, gift.round_id, "王建国", ("互助金", HUNDRED))
        care_sources.resume(session, fund.id)
        listed(session, gift.round_id, "沈衡", ("互助金", HUNDRED))


def test_a_source_that_was_never_used_is_removed(sample: Database) -> None:
    with sample.writing("x") as session:
        fund = care_sources.add(session, {"name": "误登来源"})
        care_sources.remove(session, fund.id)
        assert "误登来源" not in care_funds.names(session)
        with pytest.raises(UserError, match="通用来源"):
            care_sources.remove(session, care_funds.fund_named(session, "捐赠").id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "工会"}, "name"),
        ({"name": "基金；二"}, "name"),
        ({"name": "基金2"}, "name"),
        ({"name": "基金", "sort": "党费"}, "sort"),
    ],
)
def test_what_cannot_be_a_source_is_refused_at_its_field(sample: Database, values: dict[str, str], field: str) -> None:
    with sample.writing("x") as session:
        with pytest.raises(FieldError) as refused:
            care_sources.add(session, values)
        assert refused.value.field == field


def test_dues_keep_their_name_and_a_usual_source_takes_a_new_one(sample: Database) -> None:
    with sample.writing("x") as session:
        dues = care_funds.fund_named(session, care_funds.DUES)
        with pytest.raises(FieldError, match="不能改名"):
            care_sources.change(session, dues.id, {"name": "党费余款"})
        union = care_funds.fund_named(session, "工会")
        care_sources.change(session, union.id, {"name": "工会经费"})
        offered = care_funds.names(session)
        assert ("工会" in offered, "工会经费" in offered, union.sort) == (False, True, "工会")


def test_a_voucher_taken_back_stays_and_counts_no_more(sample: Database) -> None:
    with sample.writing("x") as session:
        number = begun(session)
        voucher = care_rounds.vouch(session, number, "捐赠", "2026-018", HUNDRED)
        with pytest.raises(FieldError, match="原因"):
            care_rounds.unvouch(session, voucher.id, " ", TODAY)
        care_rounds.unvouch(session, voucher.id, "号码有误", TODAY)
        assert (care_handing.vouched(session, number), voucher.taken_back) == ({}, "2026-11-20 号码有误")
        with pytest.raises(UserError, match="收回过了"):
            care_rounds.unvouch(session, voucher.id, "再收回", TODAY)
        care_rounds.vouch(session, number, "捐赠", "2026-018", HUNDRED)
        assert care_handing.vouched(session, number) == {"捐赠": HUNDRED}


def test_a_round_is_changed_and_says_each_time_why_it_was_reopened(sample: Database) -> None:
    with sample.writing("x") as session:
        gift = listed(session, begun(session), "钱永年", goods="大米")
        values = {"name": "2027年迎春走访", "first_on": TODAY, "budget": Decimal(3000), "handler": "蒋玥"}
        changed = care_rounds.change(session, gift.round_id, values)
        assert (changed.name, changed.festival, changed.budget) == ("2027年迎春走访", "春节", Decimal(3000))
        with pytest.raises(FieldError, match="预算应大于零"):
            care_rounds.change(session, gift.round_id, {"budget": Decimal(0)})
        assert hand(session, gift).handler == "蒋玥"
        for reason in ("漏登一人", "凭证有误"):
            care_handing.close(session, gift.round_id, TODAY)
            with pytest.raises(UserError, match="重新打开"):
                care_rounds.change(session, gift.round_id, {"handler": "周丽萍"})
            reopened = care_handing.reopen(session, gift.round_id, reason, TODAY)
        assert reopened.reopened == "2026-11-20 漏登一人；2026-11-20 凭证有误"


def test_closing_and_reversing_are_not_before_handing_out(sample: Database) -> None:
    with sample.writing("x") as session:
        gift = listed(session, begun(session), "钱永年", goods="大米")
        done = hand(session, gift)
        yesterday = TODAY - timedelta(days=1)
        with pytest.raises(FieldError, match="不能早于发放"):
            care_handing.close(session, gift.round_id, yesterday)
        with pytest.raises(FieldError, match="不能早于发放"):
            care_handing.reverse_handout(session, done.id, "有误", yesterday)


def test_who_is_known_by_a_case_is_not_put_on_again_by_name(sample: Database) -> None:
    with sample.writing("x") as session:
        case = session.scalars(select(CareCase).where(CareCase.name == "孔令海")).one()
        number = begun(session)
        care_rounds.choose(session, number, Chosen("孔令海", "困难群众", case_id=case.id, branch_id=case.branch_id))
        with pytest.raises(FieldError, match="已经在"):
            care_rounds.choose(session, number, Chosen("孔令海", "困难群众"))
        namesake = next(each for each in session.scalars(select(Member)) if each.name == "刘洋")
        care_rounds.choose(session, number, Chosen("刘洋", "其他", namesake.id))
        with pytest.raises(FieldError, match="已经在"):
            care_rounds.choose(session, number, Chosen("刘洋", "困难群众"))


def test_the_account_of_the_last_time_comes_along(sample: Database) -> None:
    with sample.writing("x") as session:
        first = listed(session, begun(session), "钱永年", bank="示例银行", account="6200999900001234567")
        again = listed(session, begun(session, year=2028), "钱永年")
        assert (again.bank, again.account) == (first.bank, first.account)
        outside = care_rounds.choose(session, again.round_id, Chosen("住户甲", "困难群众"))
        care_rounds.settle(session, outside.id, {"account": "6200999900007654321"})
        other = care_rounds.choose(session, again.round_id, Chosen("住户乙", "困难群众"))
        assert other.account is None


def test_goods_name_the_source_they_came_from(sample: Database) -> None:
    with sample.writing("x") as session:
        gift = listed(session, begun(session), "钱永年", goods="大米", goods_source="工会")
        assert gift.goods_fund_id == care_funds.fund_named(session, "工会").id
        with pytest.raises(FieldError, match="慰问品名称"):
            listed(session, gift.round_id, "王建国", goods_source="工会")
