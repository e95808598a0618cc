"""Names of organisations: however formally one is written, it is the same; and where members without one go."""

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records.members import organisation
from models.records.members.organisation import BRANCH, COMMITTEE, GENERAL_BRANCH, GROUP, plain


@pytest.mark.parametrize(
    ("names", "short"),
    [
        ("甲局第一党支部 甲局第一支部 中共甲局第一支部委员会 中国共产党甲局第一党支部委员会", "甲局第一党支部"),
        (
            "甲局机关党总支 甲局机关总支 中共甲局机关总支部委员会 甲局机关党总支部 甲局机关党总支委员会",
            "甲局机关党总支",
        ),
        ("甲局党委 中共甲局委员会 甲局党的委员会", "甲局党委"),
        ("第一党小组", "第一党小组"),
        ("退休支部", "退休党支部"),
    ],
)
def test_one_name_in_many_ways(names: str, short: str):
    assert {plain(name) for name in names.split()} == {short}
    assert plain(f" {short[0]} {short[1:]}　") == short


def test_a_branch_is_found_by_any_way_of_writing_it(database: Database):
    with database.reading() as session:
        assert organisation.branch_named(session, "中共甲局第一党支部委员会").id == 1
        with pytest.raises(UserError, match="没有名为“第九支部”的支部；已登记的支部：甲局第一党支部"):
            organisation.branch_named(session, "第九支部")


def test_the_tree_goes_downward_only(database: Database):
    with database.writing("组织") as session:
        branch = organisation.root(session)
        for kind in (BRANCH, GENERAL_BRANCH, COMMITTEE):
            with pytest.raises(FieldError, match="不能设在"):
                organisation.add(session, kind, "别的", branch)
        group = organisation.add(session, GROUP, "第一党小组", branch)
        assert organisation.group_for(session, branch, "第一党小组").id == group.id
        for kind, name, why in (
            (GROUP, "第一党小组", "已经登记"),
            (GROUP, " ", "请填写"),
            ("团支部", "甲", "没有“团支部”"),
        ):
            with pytest.raises(FieldError, match=why):
                organisation.add(session, kind, name, branch)


def test_a_new_branch_stands_under_what_the_file_was_made_for(database: Database):
    with database.writing("组织") as session:
        assert organisation.branch_for(session, "第二支部").parent_id is None
        assert organisation.branch_for(session, "第二党支部").id == organisation.branch_for(session, "第二支部").id
        assert organisation.own_branch(session).id == 1


def test_in_a_general_branch_it_must_be_said_which(database: Database):
    with database.writing("组织") as session:
        organisation.root(session).kind = GENERAL_BRANCH
        session.flush()
        with pytest.raises(FieldError, match="没有写明所在党支部"):
            organisation.own_branch(session)
        first = organisation.branch_for(session, "第一支部")
        assert first.parent_id == 1
        assert organisation.own_branch(session).id == first.id
        organisation.branch_for(session, "第二支部")
        with pytest.raises(FieldError):
            organisation.own_branch(session)
