"""The ledgers about members over time, filled from the sample: sums agree, rows come back, days are counted."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.members.birthdays import MEMBERS_BIRTHDAYS, birthday_rows
from models.ledgers.members.committee import seat_rows, term_rows
from models.ledgers.members.course import fact_rows
from models.ledgers.members.entry import LABELS, MEMBERS_ENTRY
from models.ledgers.members.movements import movements
from models.ledgers.members.service import MEMBERS_SECONDMENTS, secondment_rows
from models.ledgers.members.statistics import statistic_rows
from models.records.members import committee, members, organisation
from models.records.members.facts import Turn
from models.records.members.members import find
from models.rules.periods import Period
from tests import samples

TODAY = date(2026, 11, 20)
YEAR = View(TODAY, Period.of_year(2026))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(samples.build(tmp_path_factory.mktemp("sample") / "示例.zbtz", TODAY)) as made:
        yield made


@pytest.mark.parametrize("branch_id", [None, 2, 3, 4])
@pytest.mark.parametrize("day", [None, date(2020, 1, 1), date(1960, 1, 1)])
def test_every_grouping_of_the_statistics_counts_the_same_people(
    built: Database, branch_id: int | None, day: date | None
) -> None:
    with built.reading() as session:
        rows = statistic_rows(session, View(TODAY, YEAR.period, branch_id).back_to(day))
    sums = {column: Counter[str]() for column in ("people", "full", "probationary", "women", "minorities")}
    for row in rows:
        for column, counts in sums.items():
            counts[row.grouping] += getattr(row, column)
        assert row.full + row.probationary <= row.people
    for counts in sums.values():
        assert len(set(counts.values())) == 1
    assert sums["people"]["性别"] == (0 if day == date(1960, 1, 1) else sums["people"]["年龄"])


@pytest.mark.parametrize("period", ["2026-01", "2026-07", "2026Q4", "2026", "2020..2026"])
@pytest.mark.parametrize("branch_id", [None, 2, 3, 4])
def test_the_balance_of_changes_holds_and_the_names_are_its_parts(
    built: Database, period: str, branch_id: int | None
) -> None:
    with built.reading() as session:
        found = movements(session, View(TODAY, Period.parse(period), branch_id))
    balance = found.balance
    assert balance.holds
    assert balance.full + balance.probationary == balance.after
    assert Counter(row.direction for row in found.rows) == Counter(
        {"增加": balance.came.total(), "减少": balance.went.total()}
    )


def test_the_branches_together_are_the_whole(built: Database) -> None:
    with built.reading() as session:
        whole = movements(session, YEAR).balance
        parts = [movements(session, View(TODAY, YEAR.period, number)).balance for number in (2, 3, 4)]
    assert sum(each.before for each in parts) == whole.before == 46
    assert sum(each.after for each in parts) == whole.after == 47


def test_a_secondment_counts_its_first_and_last_day_and_is_found_by_its_period(built: Database) -> None:
    with built.reading() as session:
        done, going_on = secondment_rows(session, YEAR)
        assert done.until is not None
        assert (done.days, done.state) == ((done.until - done.since).days + 1, "已结束")
        assert (going_on.days, going_on.state) == (34, "抽调中")
        assert secondment_rows(session, View(TODAY, Period.of_year(2025))) == []


def test_rows_of_secondments_and_birthdays_are_saved_once(built: Database) -> None:
    row = {"name": "刘洋", "body": "防汛专班", "since": date(2026, 7, 1), "until": date(2026, 7, 20)}
    with built.trying() as session:
        assert MEMBERS_SECONDMENTS.save is not None
        for kinds in (["added"], ["unchanged"]):
            assert [each.kind for each in MEMBERS_SECONDMENTS.save(session, [row], YEAR)] == kinds
        (changed, wrong, nobody) = MEMBERS_SECONDMENTS.save(
            session,
            [row | {"until": date(2026, 7, 31)}, row | {"since": date(2026, 9, 1)}, row | {"name": "没有"}],
            YEAR,
        )
        assert changed.kind == "updated"
        assert (wrong.kind, wrong.field) == ("refused", "until")
        assert (nobody.kind, nobody.field) == ("refused", "name")
        (birthday, *_) = birthday_rows(session, YEAR)
        noted = {"id": str(birthday.id), "name": birthday.name, "form": "谈心谈话"}
        assert MEMBERS_BIRTHDAYS.save is not None
        for kind in ("updated", "unchanged"):
            assert [each.kind for each in MEMBERS_BIRTHDAYS.save(session, [noted], YEAR)] == [kind]


def test_birthdays_of_the_year_are_those_of_its_months(built: Database) -> None:
    with built.reading() as session:
        year = birthday_rows(session, YEAR)
        months = [birthday_rows(session, View(TODAY, Period.parse(f"2026-{number:02d}"))) for number in range(1, 13)]
    assert year == [row for month in months for row in month]
    assert all(row.years == 2026 - row.joined_on.year for row in year)


def test_terms_and_seats_tell_who_and_until_when(built: Database) -> None:
    with built.reading() as session:
        terms = {row.branch: (str(row.due_on), row.state, row.members) for row in term_rows(session, YEAR)}
        seats = [(row.branch, row.post) for row in seat_rows(session, YEAR)]
    assert terms["第三党支部"] == ("2027-03-15", "将届满", 3)
    assert terms["第一党支部"] == ("2027-09-15", "任期内", 3)
    assert [post for branch, post in seats if branch == "第二党支部"] == ["书记", "组织委员", "宣传委员"]


def test_a_term_of_a_general_branch_leaves_the_posts_of_its_branches_alone(built: Database) -> None:
    with built.trying() as session:
        root = organisation.root(session)
        term = committee.begin(session, root.id, {"appointed_on": date(2026, 1, 5)})
        assert term.due_on == date(2029, 1, 5)
        who = find(session, "蒋玥")
        committee.seat(session, term.id, {"member_id": who.id, "post": "委员"})
        assert who.party_post == "书记"


def test_what_a_term_refuses(built: Database) -> None:
    with built.trying() as session:
        branch_id = organisation.branch_named(session, "第一党支部").id
        with pytest.raises(FieldError, match="应晚于这一天"):
            committee.begin(session, branch_id, {"appointed_on": date(2024, 9, 15)})
        with pytest.raises(FieldError, match="请填写任命时间"):
            committee.begin(session, branch_id, {})
        (term, *_) = committee.standing(session)
        with pytest.raises(FieldError, match="不能早于这一届"):
            committee.seat(session, term.id, {"name": "某人", "post": "委员", "since": date(2000, 1, 1)})
        with pytest.raises(FieldError, match="请填写职务"):
            committee.seat(session, term.id, {"name": "某人"})
        with pytest.raises(UserError, match="还登记着委员"):
            committee.remove(session, term.id)


def test_who_leaves_leaves_the_committee(built: Database) -> None:
    with built.trying() as session:
        who = find(session, "龚文博")
        members.leave(session, who.id, "转出", date(2026, 11, 1))
        committee.vacate(session, who.id, date(2026, 11, 1))
        assert "龚文博" not in [row.name for row in seat_rows(session, YEAR)]
        assert "龚文博" in [row.name for row in seat_rows(session, YEAR.back_to(date(2026, 10, 31)))]


def test_the_entry_register_stands_in_the_order_of_the_card() -> None:
    titles = [column.title for column in MEMBERS_ENTRY.columns]
    assert titles == list(LABELS.values())
    assert titles[:8] == ["姓名", "公民身份号码", "性别", "民族", "出生日期", "学历", "人员类别", "学位"]


def test_the_ledger_of_changes_holds_no_numbers_of_people(built: Database) -> None:
    with built.reading() as session:
        number = find(session, "张红卫").id
    with built.trying() as session:
        members.change(session, number, {"phone": "10099999999"}, Turn(TODAY))
        assert all("100" not in row.value for row in fact_rows(session, YEAR))


@pytest.mark.slow
def test_the_sample_is_written_where_it_is_told(tmp_path: Path) -> None:
    with closing(samples.build(tmp_path / "示例.zbtz", date(2027, 3, 1))) as made, made.reading() as session:
        assert len(term_rows(session, View(date(2027, 3, 1), YEAR.period))) == 3
