"""Rosters: who a row means, what it changes, what is refused, and that nobody is added twice."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from models import audit
from models.database import Database
from models.records.members import members, organisation, roster
from models.records.members.members import Member
from models.records.outcomes import Outcome
from models.rules.periods import PartialDate
from tests.people import id_number, row

ZHANG = row("张红卫", "1980-03-05")
LI = row("李素云", "1975-08-12", 2)


def save(database: Database, *rows: dict[str, Any], branch_id: int | None = None) -> list[Outcome]:
    with database.writing("导入名册") as session:
        return roster.save(session, rows, branch_id)


@pytest.fixture
def general(database: Database) -> Database:
    """The same file made for a general branch that has no branch yet."""
    with database.writing("组织") as session:
        above = organisation.root(session)
        above.kind, above.name = organisation.GENERAL_BRANCH, "甲局机关党总支"
    return database


def kinds(outcomes: Sequence[Outcome]) -> list[str]:
    return [outcome.kind for outcome in outcomes]


def people(database: Database) -> list[Member]:
    with database.reading() as session:
        return list(session.scalars(select(Member).order_by(Member.id)))


def only(database: Database) -> Member:
    (member,) = people(database)
    return member


def test_new_people_are_added_with_birth_and_sex_from_their_numbers(database: Database):
    assert kinds(save(database, ZHANG, LI)) == ["added", "added"]
    zhang, li = people(database)
    assert (zhang.name, zhang.sex, zhang.birth_date, zhang.initials) == ("张红卫", "男", PartialDate(1980, 3, 5), "zhw")
    assert (li.sex, li.birth_date, li.status) == ("女", PartialDate(1975, 8, 12), "在册")


def test_the_same_file_twice_changes_nothing(database: Database):
    rows = [ZHANG, LI | {"phone": "10000000002"}, {"name": "王五", "birth_date": PartialDate(1990)}]
    save(database, *rows)
    with database.reading() as session:
        before = audit.head(session)
    assert kinds(save(database, *rows)) == ["unchanged"] * 3
    with database.reading() as session:
        assert audit.head(session) == before


def test_a_number_finds_its_owner_and_changes_just_what_differs(database: Database):
    save(database, ZHANG | {"phone": "10000000001", "post": "科员"})
    outcomes = save(database, ZHANG | {"phone": "10000000009", "post": None, "education": "大学本科"})
    assert kinds(outcomes) == ["updated"]
    member = only(database)
    assert (member.phone, member.post, member.education, member.version) == ("10000000009", "科员", "大学本科", 2)


def test_name_and_birth_date_find_somebody_without_a_number(database: Database):
    save(database, {"name": "王五", "birth_date": PartialDate(1990, 5)})
    given = row("王五", "1990-05-20")
    assert kinds(save(database, given)) == ["updated"]
    assert only(database).id_number == given["id_number"]
    assert kinds(save(database, {"name": "王五", "birth_date": PartialDate(1990), "phone": "10000000003"})) == [
        "updated"
    ]
    assert only(database).birth_date == PartialDate(1990, 5, 20)


def test_a_name_alone_never_overwrites_anybody(database: Database):
    save(database, ZHANG | {"phone": "10000000001"})
    (outcome,) = save(database, {"name": "张红卫", "phone": "10000000009"})
    assert (outcome.kind, outcome.field) == ("refused", "id_number")
    assert only(database).phone == "10000000001"


def test_two_of_one_name_stay_two(database: Database):
    other = row("张红卫", "1991-01-01", 3)
    assert kinds(save(database, ZHANG, other)) == ["added", "added"]
    assert kinds(save(database, other | {"phone": "10000000007"})) == ["updated"]
    assert [member.phone for member in people(database)] == [None, "10000000007"]
    (outcome,) = save(database, {"name": "张红卫", "birth_date": PartialDate(1991)})
    assert outcome.kind == "unchanged"


def test_two_of_one_name_and_birth_are_told_apart_only_by_number(database: Database):
    save(database, ZHANG, row("张红卫", "1980-03-05", 5))
    (outcome,) = save(database, {"name": "张红卫", "birth_date": PartialDate(1980, 3, 5), "phone": "10000000001"})
    assert (outcome.kind, outcome.field) == ("refused", "id_number")
    assert "2 位" in (outcome.why or "")


@pytest.mark.parametrize("values", [{"name": None}, {"name": "赵六"}, {}])
def test_somebody_unknown_is_refused(database: Database, values: dict[str, Any]):
    (outcome,) = save(database, values)
    assert outcome.kind == "refused"
    assert people(database) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"birth_date": PartialDate(1981, 3, 5)}, "birth_date"),
        ({"birth_date": PartialDate(1979)}, "birth_date"),
        ({"sex": "女"}, "sex"),
        ({"dues_base": Decimal("-1.00")}, "dues_base"),
    ],
)
def test_what_contradicts_the_number_is_refused(database: Database, values: dict[str, Any], field: str):
    (outcome,) = save(database, ZHANG | values)
    assert (outcome.kind, outcome.field) == ("refused", field)
    save(database, ZHANG)
    (outcome,) = save(database, ZHANG | values)
    assert (outcome.kind, outcome.field) == ("refused", field)


def test_a_number_under_another_name_is_refused(database: Database):
    save(database, ZHANG)
    (outcome,) = save(database, ZHANG | {"name": "张宏伟"})
    assert (outcome.kind, outcome.field) == ("refused", "id_number")
    assert "张红卫" in (outcome.why or "")
    assert only(database).name == "张红卫"


def test_one_number_for_two_people_in_a_file_is_refused(database: Database):
    outcomes = save(database, ZHANG, ZHANG | {"name": "李素云"})
    assert kinds(outcomes) == ["added", "refused"]


def test_a_person_twice_in_a_file_is_taken_once(database: Database):
    outcomes = save(database, ZHANG, ZHANG, ZHANG | {"phone": "10000000001"})
    assert kinds(outcomes) == ["added", "unchanged", "refused"]
    assert "两次" in (outcomes[2].why or "")


def test_a_person_twice_in_a_file_with_two_contents_is_refused_each_time(database: Database):
    rows = [ZHANG | {"phone": "10000000001"}, ZHANG | {"phone": "10000000002"}]
    assert kinds(save(database, *rows)) == ["added", "refused"]
    assert kinds(save(database, *rows)) == ["unchanged", "refused"]
    assert only(database).phone == "10000000001"


def test_the_record_number_finds_an_edited_row(database: Database):
    save(database, ZHANG | {"phone": "10000000001", "remark": "借调"}, LI)
    edited = {"id": "1", "name": "张宏卫", "id_number": ZHANG["id_number"], "phone": None, "remark": "借调"}
    assert kinds(save(database, edited)) == ["updated"]
    first = people(database)[0]
    assert (first.name, first.initials, first.phone, first.remark) == ("张宏卫", "zhw", None, "借调")


def test_the_record_number_lets_an_identity_number_be_corrected(database: Database):
    save(database, ZHANG, LI)
    right = id_number("1980-03-06")
    values = {"id": "1", "name": "张红卫", "id_number": right, "birth_date": PartialDate(1980, 3, 6)}
    assert kinds(save(database, values)) == ["updated"]
    assert people(database)[0].id_number == right
    taken = {"id": "1", "name": "张红卫", "id_number": LI["id_number"], "birth_date": None, "sex": None}
    (outcome,) = save(database, taken)
    assert (outcome.kind, outcome.field) == ("refused", "id_number")


def test_an_emptied_row_with_its_number_keeps_name_and_person(database: Database):
    save(database, ZHANG)
    without_name = {"id": "1", "name": None, "id_number": ZHANG["id_number"]}
    (outcome,) = save(database, without_name)
    assert (outcome.kind, outcome.field) == ("refused", "name")
    save(database, {"name": "王五", "birth_date": PartialDate(1990)})
    (outcome,) = save(database, {"id": "2", "name": "王五", "birth_date": None})
    assert outcome.kind == "refused"


@pytest.mark.parametrize("number", ["1", "2", "77", "²", "-1", "99999999999999999999", "第一"])
def test_a_roster_of_another_file_brings_its_own_numbers(database: Database, number: str):
    save(database, LI, row("王五", "1990-01-01"))
    assert kinds(save(database, ZHANG | {"id": number})) == ["added"]
    assert kinds(save(database, ZHANG | {"id": number})) == ["unchanged"]
    assert len(people(database)) == 3


def test_a_less_exact_date_leaves_the_one_known(database: Database):
    save(database, ZHANG | {"joined_on": PartialDate(2001, 7, 1)})
    assert kinds(save(database, ZHANG | {"joined_on": PartialDate(2001, 7)})) == ["unchanged"]
    assert kinds(save(database, ZHANG | {"joined_on": PartialDate(2001, 8)})) == ["updated"]
    assert only(database).joined_on == PartialDate(2001, 8)


def test_an_old_number_meets_its_owner_and_is_kept_as_typed(database: Database):
    old = ZHANG["id_number"][:6] + ZHANG["id_number"][8:17]
    assert kinds(save(database, {"name": "张红卫", "id_number": old})) == ["added"]
    assert only(database).id_number == old
    assert kinds(save(database, ZHANG)) == ["updated"]
    assert only(database).id_number == ZHANG["id_number"]
    assert kinds(save(database, {"name": "张红卫", "id_number": old})) == ["unchanged"]
    assert only(database).id_number == ZHANG["id_number"]


def test_a_number_that_an_earlier_row_has_brought_is_not_given_to_another(database: Database):
    save(database, {"name": "王五", "birth_date": PartialDate(1980, 3, 5)})
    outcomes = save(database, ZHANG, {"id": "1", "name": "王五", "id_number": ZHANG["id_number"]})
    assert kinds(outcomes) == ["added", "refused"]


def test_branches_and_groups_are_found_by_any_way_of_writing_or_made(database: Database):
    rows = [ZHANG | {"branch": "中共甲局第一支部委员会", "group": "第一党小组"}, LI | {"branch": "甲局第二党支部"}]
    save(database, *rows)
    with database.reading() as session:
        names = [branch.name for branch in organisation.branches(session)]
        zhang, li = (session.get_one(Member, number) for number in (1, 2))
        assert names == ["甲局第一党支部", "甲局第二党支部"]
        assert zhang.branch_id != li.branch_id
        assert zhang.group_id is not None
    assert kinds(save(database, *rows)) == ["unchanged", "unchanged"]


def test_a_move_to_another_branch_leaves_the_group_behind(database: Database):
    save(database, ZHANG | {"group": "第一党小组"})
    assert kinds(save(database, ZHANG | {"branch": "甲局第二党支部"})) == ["updated"]
    assert only(database).group_id is None


def test_rows_without_a_branch_go_to_the_one_chosen_or_the_file_s_own(database: Database):
    save(database, ZHANG | {"branch": "甲局第二党支部"}, LI)
    with database.reading() as session:
        second = organisation.branch_named(session, "甲局第二党支部").id
    save(database, row("王五", "1990-01-01"), branch_id=second)
    assert [member.branch_id for member in people(database)] == [second, 1, second]


@pytest.mark.parametrize(
    "place",
    [{"branch": "甲局第二党支部"}, {"group": "第二党小组"}, {"branch": "甲局第二党支部", "group": "第一党小组"}],
)
def test_a_refused_row_leaves_no_branch_and_no_group_behind(database: Database, place: dict[str, str]):
    number, contradicting = ZHANG["id_number"], {"sex": "女"}
    save(database, LI)
    with database.writing("转出") as session:
        members.leave(session, 1, "转出", PartialDate(2026, 9, 12).earliest)
    rows = [
        ZHANG,
        ZHANG | place,
        {"name": "张红卫", "birth_date": PartialDate(1980, 3)} | place,
        LI | place,
        {"name": "别人", "id_number": number} | place,
        row("王五", "1990-01-01") | contradicting | place,
        {"name": "赵六"} | place,
    ]
    assert kinds(save(database, *rows)) == ["added", *["refused"] * 6]
    assert kinds(save(database, *rows)) == ["unchanged", "refused", *["refused"] * 5]
    with database.reading() as session:
        assert [each.name for each in session.scalars(select(organisation.Organisation))] == ["甲局第一党支部"]


def test_a_group_is_known_by_any_spaces_in_its_name(database: Database):
    save(database, ZHANG | {"group": "第一党小组"})
    assert kinds(save(database, ZHANG | {"group": "第一 党小组"}, LI | {"group": "第 一党小组"})) == [
        "unchanged",
        "added",
    ]
    assert len({member.group_id for member in people(database)}) == 1


WHOLE = {"branch": "中共甲局机关总支部委员会"}  # the general branch itself
FIRST, SECOND = {"branch": "第一党支部"}, {"branch": "第二党支部"}
WANG = row("王五", "1990-01-01", 3)


def test_in_a_general_branch_without_branches_a_row_is_told_what_to_do(general: Database):
    for place in ({}, WHOLE):
        (outcome,) = save(general, ZHANG | place)
        assert (outcome.kind, outcome.field) == ("refused", "branch")
        assert "加“所在党支部”一列" in (outcome.why or "")


def test_rows_that_name_no_branch_go_to_the_only_one(general: Database):
    assert kinds(save(general, LI, ZHANG | FIRST, WANG | WHOLE)) == ["added"] * 3
    assert kinds(save(general, row("赵六", "1991-01-01", 4))) == ["added"]
    assert len({member.branch_id for member in people(general)}) == 1


def test_where_rows_name_several_branches_nobody_goes_to_the_first_of_them(general: Database):
    """A branch written in the first row of its people alone: the others must not slip into another branch."""
    outcomes = save(general, ZHANG | FIRST, LI, WANG | SECOND, row("赵六", "1991-01-01", 4))
    assert kinds(outcomes) == ["added", "refused", "added", "refused"]
    assert {outcome.why for outcome in outcomes if outcome.kind == "refused"} == {
        "没有写明所在党支部，请填写，或在导入时选定支部。"
    }
    assert kinds(save(general, ZHANG | WHOLE, WANG)) == ["unchanged", "unchanged"]


def test_somebody_who_left_is_not_changed_by_a_roster(database: Database):
    save(database, ZHANG)
    with database.writing("转出") as session:
        members.leave(session, 1, "转出", PartialDate(2026, 9, 12).earliest)
    assert kinds(save(database, ZHANG)) == ["unchanged"]
    (outcome,) = save(database, ZHANG | {"phone": "10000000001"})
    assert outcome.kind == "refused"
    assert "转出" in (outcome.why or "")


def test_every_row_leaves_its_line_in_the_trail(database: Database):
    save(database, ZHANG, LI)
    save(database, ZHANG | {"phone": "10000000001"})
    with database.reading() as session:
        lines = audit.history(session, Member, 1)
    assert [line.verb for line in lines] == ["change", "add"]
    assert lines[0].new == {"phone": "10000000001"}
    assert "phone" not in lines[0].old or lines[0].old["phone"] is None


def test_a_refused_row_leaves_the_others(database: Database):
    rows = [ZHANG, {"name": "赵六"}, LI | {"sex": "男"}, row("王五", "1990-01-01")]
    assert kinds(save(database, *rows)) == ["added", "refused", "refused", "added"]
    assert [member.name for member in people(database)] == ["张红卫", "王五"]
