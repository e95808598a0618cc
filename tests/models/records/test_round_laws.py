"""A festival round over any course of work: no source gives more than it has, and what stands is what was noted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy.orm import Session

from models.errors import UserError
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care.funds import CareFundEntry
from models.records.care.rounds import CareHandout, Chosen
from tests.models.records.clerk import TODAY, Clerk
from tests.night import more

FUNDS = ("工会慰问金", "行政慰问经费")
FUND = st.sampled_from(FUNDS)
YUAN = st.integers(1, 60_000).map(lambda fen: Decimal(fen) / 100)
ZERO = Decimal(0)
Shares = dict[str, Decimal]


@dataclass
class Paper:
    """What stands: money that came in, what each is to be given, who has it (with the number of the slip), vouchers."""

    entries: dict[int, tuple[str, Decimal]] = field(default_factory=dict)
    gifts: dict[int, Shares] = field(default_factory=dict)
    handed: dict[int, int] = field(default_factory=dict)
    vouchers: dict[str, tuple[int, str, Decimal]] = field(default_factory=dict)
    closed: bool = False

    def given(self) -> Shares:
        return _summed(share for gift in self.handed for share in self.gifts[gift].items())

    def vouched(self) -> Shares:
        return _summed((fund, amount) for _, fund, amount in self.vouchers.values())

    def left(self, fund: str) -> Decimal:
        return _summed(self.entries.values()).get(fund, ZERO) - self.given().get(fund, ZERO)


def _summed(moved: Iterable[tuple[str, Decimal]]) -> Shares:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for what, amount in moved:
        found[what] += amount
    return dict(found)


class Round(Clerk):
    """One round for three people out of two sources."""

    @initialize()
    def begin(self) -> None:
        self.paper = Paper()
        with self.working() as session:
            self.round = care_rounds.begin(session, {"festival": "春节", "year": 2027}).id
            for fund in FUNDS:
                care_funds.fund_named(session, fund)
            for name in ("张红卫", "李秀英", "王建国"):
                self.paper.gifts[care_rounds.choose(session, self.round, Chosen(name, "老党员")).id] = {}
        self.former.clear()  # these stay

    @rule(fund=FUND, amount=YUAN)
    def receive(self, fund: str, amount: Decimal) -> None:
        with self.working() as session:
            made = care_funds.receive(session, {"fund": fund, "on": TODAY, "amount": amount}, TODAY)
            self.paper.entries[made.id] = fund, amount

    @precondition(lambda self: self.paper and self.paper.entries)
    @rule(data=st.data())
    def reverse_what_came(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.paper.entries)))
        with self.working() as session:
            care_handing.reverse_entry(session, self.now(session, CareFundEntry, number), "记错", TODAY)
            del self.paper.entries[number]

    @rule(data=st.data(), shares=st.dictionaries(FUND, YUAN))
    def settle(self, data: st.DataObject, shares: Shares) -> None:
        gift = data.draw(st.sampled_from(sorted(self.paper.gifts)))
        with self.working() as session:
            care_rounds.settle(session, gift, {}, list(shares.items()))
            self.paper.gifts[gift] = shares

    @rule(data=st.data())
    def hand_out(self, data: st.DataObject) -> None:
        gift = data.draw(st.sampled_from(sorted(self.paper.gifts)))
        with self.working() as session:
            made = care_handing.hand_out(session, gift, {}, TODAY)
            assert gift not in self.paper.handed
            assert made.amount == sum(self.paper.gifts[gift].values(), ZERO) > 0
            self.paper.handed[gift] = made.id

    @precondition(lambda self: self.paper and self.paper.handed)
    @rule(data=st.data())
    def reverse_a_hand_out(self, data: st.DataObject) -> None:
        gift = data.draw(st.sampled_from(sorted(self.paper.handed)))
        with self.working() as session:
            number = self.now(session, CareHandout, self.paper.handed[gift])
            care_handing.reverse_handout(session, number, "没有领", TODAY)
            del self.paper.handed[gift]

    @rule(number=st.sampled_from(["1", "2", "3"]), amount=st.none() | YUAN, fund=FUND)
    def vouch(self, number: str, amount: Decimal | None, fund: str) -> None:
        """Adds a voucher, mostly of what the source has given and no voucher tells yet."""
        key, due = f"{fund} {number}", self.paper.given().get(fund, ZERO) - self.paper.vouched().get(fund, ZERO)
        with self.working() as session:
            made = care_rounds.vouch(session, self.round, fund, number, due if amount is None and due > 0 else amount)
            self.paper.vouchers[key] = made.id, fund, made.amount

    @precondition(lambda self: self.paper and self.paper.vouchers)
    @rule(data=st.data())
    def take_a_voucher_back(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.paper.vouchers)))
        with self.working() as session:
            care_rounds.unvouch(session, self.paper.vouchers[key][0], "重开", TODAY)
            del self.paper.vouchers[key]

    @rule(explained=st.sampled_from([None, "凭证下月补齐"]))
    def close(self, explained: str | None) -> None:
        with self.working() as session:
            care_handing.close(session, self.round, TODAY, explained)
            assert self.paper.handed
            assert explained or (
                len(self.paper.handed) == len(self.paper.gifts) and self.paper.given() == self.paper.vouched()
            )
            self.paper.closed = True

    @rule()
    def reopen(self) -> None:
        with self.working() as session:
            care_handing.reopen(session, self.round, "有误", TODAY)
            self.paper.closed = False

    def compare(self, session: Session) -> None:
        assert care_handing.given(session, self.round) == self.paper.given()
        assert care_handing.vouched(session, self.round) == self.paper.vouched()
        for fund in FUNDS:
            left = care_handing.balance(session, care_funds.fund_named(session, fund), TODAY)
            assert left == self.paper.left(fund) >= 0
        standing = care_handing.handed(session, self.round)
        noted = {gift: self.now(session, CareHandout, number) for gift, number in self.paper.handed.items()}
        assert {gift: each.id for gift, each in standing.items()} == noted
        try:
            care_rounds.require_open(session, self.round)
        except UserError:
            assert self.paper.closed
        else:
            assert not self.paper.closed


class LongRound(Round):
    """The same for as long as a nightly run may take."""


TestRound = Round.TestCase
TestRound.settings = settings(max_examples=3, stateful_step_count=12, deadline=None)
TestLongRound = pytest.mark.slow(LongRound.TestCase)
TestLongRound.settings = settings(max_examples=more(30), stateful_step_count=40, deadline=None)
