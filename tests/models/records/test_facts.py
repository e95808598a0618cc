"""Members over time: real changes and corrections, posts held before, the roster as of a day, joined records."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import checks
from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.dues.register import register_rows
from models.ledgers.members.movements import movements
from models.ledgers.members.person import person
from models.ledgers.members.roster import MEMBERS, roster_rows
from models.records.dues import assessments, months, payments
from models.records.dues.payments import Collection
from models.records.members import birthdays, facts, members, merging, organisation
from models.records.members.facts import Turn
from models.records.members.merging import Choices
from models.records.members.people import People
from models.rules.periods import Month, PartialDate, Period
from models.rules.presence import Span
from models.undo import undo_last
from tests.people import id_number

TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period.of_year(2026))
MARCH = date(2026, 3, 1)
BEGUN = frozenset({"party_post"})


@pytest.fixture
def branch(database: Database) -> Database:
    """A branch with 张红卫 (1) and two of the name 王伟 (2, 3)."""
    with database.writing("名册") as session:
        for number, (name, born) in enumerate(
            (("张红卫", "1970-01-02"), ("王伟", "1985-03-04"), ("王伟", "1990-05-06"))
        ):
            members.add(session, {
                "name": name, "id_number": id_number(born, number + 1), "party_post": "党员", "category": "正式党员",
                "joined_on": PartialDate(2010, 7, 1), "full_member_on": PartialDate(2011, 7, 1),
            })  # fmt: skip
    return database


def changed(branch: Database, on: date | None, reason: str | None = None, /, **values: object) -> None:
    turn = None if on is None else Turn(on, reason, begun=BEGUN)
    with branch.writing("修改") as session:
        members.change(session, 1, values, turn)


def spelled(branch: Database, member_id: int = 1) -> list[tuple[str, str | None, str]]:
    with branch.reading() as session:
        return [(fact.field, fact.value, facts.spell(fact)) for fact in facts.of_member(session, member_id)]


def named_on(branch: Database, day: date) -> dict[int, tuple[str, str | None]]:
    with branch.reading() as session:
        rows = roster_rows(session, VIEW.back_to(day))
        return {row.id: (row.name, row.party_post) for row in rows}


def test_a_real_change_closes_what_was_and_opens_what_is(branch: Database) -> None:
    changed(branch, MARCH, "换届", party_post="组织委员")
    changed(branch, date(2026, 9, 1), "补选", party_post="书记")
    assert spelled(branch) == [
        ("party_post", "书记", "2026-09-01 起"),
        ("party_post", "组织委员", "2026-03-01 至 2026-09-01"),
        ("party_post", "党员", "至 2026-03-01"),
    ]
    for day, post in (
        (date(2026, 2, 28), "党员"),
        (MARCH, "组织委员"),
        (date(2026, 8, 31), "组织委员"),
        (TODAY, "书记"),
    ):
        assert named_on(branch, day)[1] == ("张红卫", post)


def test_a_correction_leaves_no_trace_in_time(branch: Database) -> None:
    changed(branch, None, name="张宏伟")
    assert spelled(branch) == []
    assert named_on(branch, date(2020, 1, 1))[1][0] == "张宏伟"


def test_a_correction_of_what_holds_corrects_the_fact(branch: Database) -> None:
    changed(branch, MARCH, party_post="组织委员")
    changed(branch, None, party_post="宣传委员")
    assert spelled(branch)[0] == ("party_post", "宣传委员", "2026-03-01 起")
    changed(branch, None, party_post="党员")  # so there was no change at all
    assert spelled(branch) == []


def test_a_real_change_of_name_and_one_field_corrected_beside_it(branch: Database) -> None:
    with branch.writing("改名") as session:
        turn = Turn(MARCH, "更名", corrections=frozenset({"phone"}))
        members.change(session, 1, {"name": "张卫红", "phone": "10000000001"}, turn)
    assert spelled(branch) == [("name", "张卫红", "2026-03-01 起"), ("name", "张红卫", "至 2026-03-01")]
    assert named_on(branch, date(2026, 1, 1))[1][0] == "张红卫"


def test_a_day_before_the_last_change_is_refused_and_nothing_is_changed(branch: Database) -> None:
    changed(branch, MARCH, party_post="组织委员")
    with pytest.raises(FieldError, match="不能早于") as refused:
        changed(branch, date(2026, 2, 1), party_post="书记")
    assert refused.value.field == "on"
    assert named_on(branch, TODAY)[1][1] == "组织委员"


def test_undo_takes_the_change_and_its_fact_back(branch: Database) -> None:
    changed(branch, MARCH, party_post="组织委员")
    with branch.writing("撤销") as session:
        undo_last(session, TODAY)
    assert spelled(branch) == []
    assert named_on(branch, TODAY)[1][1] == "党员"
    assert checks.check(branch) == []


def test_posts_held_before_are_entered_and_their_days_set_right(branch: Database) -> None:
    with branch.writing("补记") as session:
        facts.add_past(session, 1, "party_post", "组织委员", Span(date(2018, 5, 1), date(2021, 6, 1)), "换届")
    assert named_on(branch, date(2020, 1, 1))[1][1] == "组织委员"
    assert named_on(branch, date(2022, 1, 1))[1][1] == "党员"
    assert named_on(branch, date(2017, 1, 1))[1][1] is None
    with pytest.raises(FieldError, match="已有记录"), branch.writing("再补记") as session:
        facts.add_past(session, 1, "party_post", "书记", Span(date(2020, 1, 1), date(2022, 1, 1)))
    changed(branch, MARCH, party_post="书记")
    with branch.writing("更正") as session:
        (now,) = [each for each in facts.of_member(session, 1) if each.until is None]
        facts.redate(session, now.id, date(2026, 4, 1), "批复日期")
    assert named_on(branch, date(2026, 3, 15))[1][1] == "党员"
    assert named_on(branch, date(2026, 4, 1))[1][1] == "书记"


def test_the_beginning_of_what_was_is_entered_later(branch: Database) -> None:
    changed(branch, MARCH, party_post="书记")
    with branch.writing("补记") as session:
        facts.add_past(session, 1, "party_post", "党员", Span(date(2011, 7, 1), MARCH), "转正")
        facts.add_past(session, 1, "party_post", "积极分子", Span(date(2009, 7, 1), date(2010, 7, 1)))
    assert [spell for _, _, spell in spelled(branch)] == [
        "2026-03-01 起", "2011-07-01 至 2026-03-01", "2009-07-01 至 2010-07-01",
    ]  # fmt: skip


@pytest.mark.parametrize("span", [Span(date(2020, 1, 1), date(2020, 1, 1)), Span(date(2020, 1, 1), None)])
def test_a_past_without_days_is_refused(branch: Database, span: Span) -> None:
    with pytest.raises(FieldError), branch.writing("补记") as session:
        facts.add_past(session, 1, "party_post", "书记", span)


def test_an_import_notes_real_changes_and_takes_names_for_corrections(branch: Database) -> None:
    with branch.writing("导入") as session:
        row = {"id": "1", "name": "张红伟", "id_number": id_number("1970-01-02", 1), "party_post": "书记"}
        assert MEMBERS.save is not None
        (outcome,) = MEMBERS.save(session, [row], VIEW)
    assert outcome.kind == "updated"
    assert spelled(branch) == [("party_post", "书记", "2026-11-20 起"), ("party_post", "党员", "至 2026-11-20")]
    assert named_on(branch, date(2026, 1, 1))[1] == ("张红伟", "党员")


def test_who_left_was_there_before_and_is_there_again_after_coming_back(branch: Database) -> None:
    with branch.writing("转出") as session:
        members.leave(session, 1, "转出", date(2026, 5, 10), "邻市某局")
    with branch.writing("转回") as session:
        members.rejoin(session, 1, date(2026, 8, 1), "转入")
        assert members.find_by_id(session, 1).dues_from == Month(2026, 9)
    present = [1 in named_on(branch, day) for day in (date(2026, 5, 9), date(2026, 5, 10), date(2026, 8, 1))]
    assert present == [True, False, True]
    with branch.reading() as session:
        found = movements(session, VIEW)
    assert [(row.on, row.direction, row.kind, row.place) for row in found.rows] == [
        (date(2026, 5, 10), "减少", "转出", "邻市某局"),
        (date(2026, 8, 1), "增加", "转入", None),
    ]
    assert found.balance.holds
    assert found.balance.chinese.startswith("期初 3 人，增加 1 人（转入 1），减少 1 人（转出 1），期末 3 人（正式 3")


def test_a_leaving_entered_by_mistake_never_was(branch: Database) -> None:
    with branch.writing("转出") as session:
        members.leave(session, 1, "转出", date(2026, 5, 10))
    with branch.writing("撤回") as session:
        members.come_back(session, 1)
    assert spelled(branch) == []
    assert 1 in named_on(branch, date(2026, 6, 1))


def test_a_move_between_branches_counts_for_each_and_not_for_all(branch: Database) -> None:
    with branch.writing("支部") as session:
        above = organisation.root(session)
        here = members.find_by_id(session, 1).branch_id
        other = organisation.Organisation(kind="党支部", name="第二党支部", parent_id=above.parent_id)
        session.add(other)
        session.flush()
        there = other.id
    changed(branch, MARCH, "调整", branch="第二党支部")
    with branch.reading() as session:
        whole = movements(session, VIEW)
        one, two = (movements(session, View(TODAY, VIEW.period, number)) for number in (here, there))
    assert whole.rows == ()
    assert [(row.direction, row.kind) for row in one.rows] == [("减少", "支部间调整")]
    assert [(row.direction, row.kind) for row in two.rows] == [("增加", "支部间调整")]
    assert all(found.balance.holds for found in (whole, one, two))


@pytest.fixture
def twice(database: Database) -> Database:
    """One person entered twice, each record with a due and a payment of November, the second with a phone besides."""
    with database.writing("名册") as session:
        for number, values in enumerate(({"id_number": id_number("1980-01-02", 1)}, {"phone": "10000000009"}), start=1):
            born = {"birth_date": PartialDate(1980, 1, 2), "joined_on": PartialDate(2010, 7, 1)}
            members.add(session, {"name": "刘洋", **born, **values})
            assessments.save_one(session, number, {"dues_category": "在职", "dues_base": Decimal("5000.00")})
    with database.writing("开账") as session:
        months.open_month(session, NOVEMBER, TODAY)
    with database.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY))
        payments.collect(session, 2, NOVEMBER, Collection(TODAY))
    return database


def paid(database: Database, member_id: int) -> Decimal:
    with database.reading() as session:
        return sum(merging._paid(session, member_id).values(), Decimal(0))


def test_the_plan_says_what_moves_and_what_contradicts(twice: Database) -> None:
    with twice.reading() as session:
        planned = merging.plan(session, 1, 2)
    assert planned.moves == {"allotments": 1, "assessments": 1, "dues": 1, "payments": 1}
    assert planned.fills == {"phone": "10000000009"}
    assert not planned.clashes
    assert not planned.assessments
    assert [(pair.kept, pair.other) for pair in planned.dues] == [(Decimal("50.00"), Decimal("50.00"))]
    assert planned.paid == ((NOVEMBER, Decimal("50.00"), Decimal("50.00")),)


def test_of_two_dates_that_agree_the_more_exact_stays(twice: Database) -> None:
    with twice.writing("名册") as session:
        members.change(session, 1, {"joined_on": PartialDate(2010)})
        members.change(session, 2, {"birth_date": PartialDate(1980, 1), "joined_on": PartialDate(2010, 7)})
    with twice.reading() as session:
        planned = merging.plan(session, 1, 2)
    assert not planned.clashes
    assert planned.fills == {"phone": "10000000009", "joined_on": PartialDate(2010, 7)}


def test_paid_twice_is_asked_about_before_anything_moves(twice: Database) -> None:
    with pytest.raises(FieldError, match="2026年11月两条记录都交了党费"), twice.writing("合并") as session:
        merging.merge(session, 1, 2, Choices(), TODAY)
    assert (paid(twice, 1), paid(twice, 2)) == (Decimal("50.00"), Decimal("50.00"))


def test_joining_loses_no_fen_and_can_be_undone(twice: Database) -> None:
    with twice.writing("合并") as session:
        merging.merge(session, 1, 2, Choices(both_paid=True), TODAY)
    assert paid(twice, 1) == Decimal("100.00")
    assert checks.check(twice) == []
    with twice.reading() as session:
        filed = person(session, 1, VIEW)
        assert filed.values["phone"] == "10000000009"
        assert any(change.title == "名册" for change in filed.changes)
        with pytest.raises(UserError):
            members.find_by_id(session, 2)
    with twice.writing("撤销") as session:
        undo_last(session, TODAY)
    assert (paid(twice, 1), paid(twice, 2)) == (Decimal("50.00"), Decimal("50.00"))
    with twice.reading() as session:
        assert members.find_by_id(session, 2).phone == "10000000009"
    assert checks.check(twice) == []


def test_what_was_entered_twice_is_reversed_not_deleted(twice: Database) -> None:
    with twice.writing("冲销") as session:
        merging.reverse_repeated(session, 1, 2, TODAY)
    with twice.writing("合并") as session:
        merging.merge(session, 1, 2, Choices(), TODAY)
    assert paid(twice, 1) == Decimal("50.00")
    assert checks.check(twice) == []


def test_the_other_due_and_the_other_value_are_taken_when_chosen(twice: Database) -> None:
    with twice.writing("备注") as session:
        members.change(session, 1, {"remark": "甲", "phone": "10000000001"})
        members.change(session, 2, {"remark": "乙", "id_number": None})
    with twice.writing("合并") as session:
        choices = Choices(frozenset({"remark"}), dues=frozenset({NOVEMBER}), both_paid=True)
        merging.merge(session, 1, 2, choices, TODAY)
        kept = members.find_by_id(session, 1)
        assert (kept.remark, kept.phone) == ("乙", "10000000001")
    with twice.writing("撤销") as session:
        undo_last(session, TODAY)
    assert checks.check(twice) == []


@pytest.mark.parametrize("chosen", [False, True])
def test_of_two_assessments_for_the_same_months_one_is_chosen(twice: Database, chosen: bool) -> None:
    with twice.writing("核定") as session:
        (own,) = assessments.by_member(session)[2]
        own.dues_base = Decimal("6000.00")
        session.flush()
        (pair,) = merging.plan(session, 1, 2).assessments
        assert (pair.kept, pair.other) == ("在职，基数 5000.00", "在职，基数 6000.00")
    with twice.writing("合并") as session:
        picked = frozenset({pair.other_id}) if chosen else frozenset()
        merging.merge(session, 1, 2, Choices(assessments=picked, both_paid=True), TODAY)
        (left,) = assessments.by_member(session)[1]
        assert left.dues_base == Decimal("6000.00" if chosen else "5000.00")
    with twice.writing("撤销") as session:
        undo_last(session, TODAY)
        assert [len(assessments.by_member(session)[number]) for number in (1, 2)] == [1, 1]
    assert checks.check(twice) == []


def test_what_both_have_only_once_a_year_is_settled_first(twice: Database) -> None:
    with twice.writing("政治生日") as session:
        for number in (1, 2):
            birthdays.note(session, number, 2026, {"form": "谈心谈话"})
    with pytest.raises(UserError, match="请先删去其中一份"), twice.writing("合并") as session:
        merging.merge(session, 1, 2, Choices(both_paid=True), TODAY)
    with twice.writing("删去") as session:
        birthdays.note(session, 2, 2026, {})
        merging.merge(session, 1, 2, Choices(both_paid=True), TODAY)
    assert checks.check(twice) == []


def test_two_people_are_not_joined(branch: Database) -> None:
    with branch.reading() as session:
        with pytest.raises(UserError, match="身份证号不同"):
            merging.plan(session, 2, 3)
        with pytest.raises(UserError, match="另一条"):
            merging.plan(session, 2, 2)
        assert [each.id for each in merging.alike(session, 2)] == [3]


def test_two_of_one_name_are_told_apart(branch: Database) -> None:
    with branch.reading() as session:
        with pytest.raises(UserError, match="有 2 位党员叫“王伟”"):
            members.find(session, "王伟")
        one, other = members.find_by_id(session, 2), members.find_by_id(session, 3)
        assert members.find(session, members.told_apart(session, one)) is one
        assert members.find(session, members.told_apart(session, other)) is other
        assert members.find(session, "王伟（1990-05）") is other
        people = People(session, None)
        assert people.named({"name": "王伟", "birth_date": PartialDate(1985, 3)}) is one
        assert people.named({"name": "王伟（1990-05）"}) is other
        with pytest.raises(FieldError, match="有 2 位"):
            people.named({"name": "王伟"})


def test_a_row_of_an_import_says_since_when_and_why(branch: Database) -> None:
    row = {
        "id": "2", "name": "王伟", "party_post": "组织委员", "change_reason": "补选",
        "changed_on": PartialDate(2026, 3),
    }  # fmt: skip
    with branch.writing("导入") as session:
        assert MEMBERS.save is not None
        assert [each.kind for each in MEMBERS.save(session, [row], VIEW)] == ["updated"]
        assert [each.kind for each in MEMBERS.save(session, [row], VIEW)] == ["unchanged"]
    assert spelled(branch, 2)[0] == ("party_post", "组织委员", "2026-03-01 起")
    with branch.reading() as session:
        assert facts.of_member(session, 2)[0].reason == "补选"


def test_the_register_of_an_earlier_day_knows_only_what_was_paid_by_then(twice: Database) -> None:
    with twice.writing("补交") as session:
        months.open_month(session, Month(2026, 10), date(2026, 10, 20))
        payments.collect(session, 1, Month(2026, 10), Collection(date(2026, 10, 23)))
    with twice.reading() as session:
        now, then, before = (
            {row.id: (row.due, row.paid) for row in register_rows(session, VIEW.back_to(day))}
            for day in (None, date(2026, 11, 1), date(2026, 10, 21))
        )
    assert now[1] == (Decimal("100.00"), Decimal("100.00"))
    assert then[1] == (Decimal("50.00"), Decimal("50.00"))
    assert before[1] == (Decimal("50.00"), Decimal(0))


POSTS = ("党员", "委员", "书记")
steps = st.lists(
    st.tuples(st.booleans(), st.integers(0, 3), st.sampled_from(POSTS)), max_size=6
)  # whether it happened, days after the step before, what is so then


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_every_day_knows_what_was_so_then(branch: Database, taken: list[tuple[bool, int, str]]) -> None:
    """Against the plainest model: a list of days with what was so from each on."""
    day, told = MARCH, [(date.min, "党员")]
    with branch.trying() as session:
        for happened, later, post in taken:
            day += timedelta(days=later)
            turn = Turn(day, begun=BEGUN) if happened else None
            if post != told[-1][1]:
                if happened and told[-1][0] != day:
                    told.append((day, post))
                else:
                    told[-1] = (told[-1][0], post)
                if len(told) > 1 and told[-1][1] == told[-2][1]:
                    told.pop()
            members.change(session, 1, {"party_post": post}, turn)
        known = facts.History(session)
        for offset in range(-1, 20):
            at = MARCH + timedelta(days=offset)
            expected = [post for since, post in told if since <= at][-1]
            assert known.value(1, "party_post", told[-1][1], at) == expected
        held = [fact for fact in facts.of_member(session, 1) if fact.until is None]
        assert len(held) == (len(told) > 1)
        assert all(fact.value == told[-1][1] for fact in held)


payments_made = st.lists(
    st.tuples(st.sampled_from((1, 2)), st.integers(1, 99_999), st.sampled_from((0, 1))), max_size=5
)  # which record, fen, how many months before November


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(payments_made)
def test_joining_moves_every_fen_of_every_month(twice: Database, made: list[tuple[int, int, int]]) -> None:
    with twice.trying() as session:
        months.open_month(session, Month(2026, 10), TODAY)
        for member_id, fen, back in made:
            amount = Decimal(fen) / 100
            payments.collect(session, member_id, NOVEMBER + -back, Collection(TODAY), amount, [NOVEMBER + -back])
        before = [merging._paid(session, number) for number in (1, 2)]
        merging.merge(session, 1, 2, Choices(both_paid=True), TODAY)
        after = merging._paid(session, 1)
        assert {month: sum(each.get(month, Decimal(0)) for each in before) for month in after} == after
        assert set(after) == set(before[0]) | set(before[1])
