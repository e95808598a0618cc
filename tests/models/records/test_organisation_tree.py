"""Changing the tree: names, secretaries, and taking away what was made by mistake."""

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records.members import members, organisation
from models.rules.periods import PartialDate


def test_a_node_is_renamed_and_described(database: Database) -> None:
    with database.writing("改组织") as session:
        branch = organisation.root(session)
        organisation.rename(session, branch.id, " 甲局机关党支部 ")
        organisation.describe(session, branch.id, "张红卫", "100-0000-0001")
        assert (branch.name, branch.secretary, branch.telephone) == ("甲局机关党支部", "张红卫", "100-0000-0001")


def test_a_name_that_stands_beside_is_refused(database: Database) -> None:
    with database.writing("加党小组") as session:
        branch = organisation.root(session)
        first = organisation.add(session, organisation.GROUP, "第一党小组", branch)
        organisation.add(session, organisation.GROUP, "第二党小组", branch)
        with pytest.raises(FieldError, match="已经登记"):
            organisation.rename(session, first.id, "第二党小组")
        with pytest.raises(FieldError, match="请填写"):
            organisation.rename(session, first.id, "　")
        organisation.rename(session, first.id, "第一党小组")


def test_only_what_nothing_belongs_to_is_removed(database: Database) -> None:
    with database.writing("加党小组") as session:
        branch = organisation.root(session)
        used = organisation.add(session, organisation.GROUP, "第一党小组", branch).id
        unused = organisation.add(session, organisation.GROUP, "第二党小组", branch).id
        members.add(session, {"name": "唐果", "birth_date": PartialDate(1990), "group": "第一党小组"})
    with database.writing("删除党小组") as session:
        organisation.remove(session, unused)
    for number, sentence in ((used, "还有党员"), (branch.id, "不能删除")):
        with pytest.raises(UserError, match=sentence), database.writing("删除") as session:
            organisation.remove(session, number)
