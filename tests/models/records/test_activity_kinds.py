"""Kinds of activity as data: changed, moved, brought back, added and removed."""

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.ledgers.life.kind_table import kind_table
from models.records.life import activity_kinds
from models.records.life.activity_kinds import FORMS, supplied


def names(session) -> list[str]:
    return [kind.name for kind in activity_kinds.kinds(session)]


def test_those_of_the_program_are_sound() -> None:
    found = supplied()
    assert len({kind.key for kind in found}) == len({kind.name for kind in found}) == len(found) == 24
    assert {kind.form for kind in found} <= set(FORMS)
    assert [kind.key for kind in found if kind.kept_in == "talks"] == ["talk"]


def test_a_kind_moves_past_its_neighbour_and_not_past_the_ends(database: Database) -> None:
    with database.writing("x") as session:
        before = names(session)
        activity_kinds.move(session, "group_meeting", -1)
        assert names(session)[:3] == [before[0], before[2], before[1]]
        activity_kinds.move(session, "group_meeting", 1)
        activity_kinds.move(session, "general_meeting", -1)
        assert names(session) == before
        assert activity_kinds.changed(session) == frozenset()


def test_a_kind_that_was_changed_is_brought_back(database: Database) -> None:
    with database.writing("x") as session:
        activity_kinds.save(session, "contest", {"name": "党务知识竞赛", "active": False})
        assert activity_kinds.changed(session) == {"contest"}
        assert "党务知识竞赛" not in names(session)
        activity_kinds.restore(session, "contest")
        assert "知识竞赛" in names(session)
        with pytest.raises(UserError, match="自己加的"):
            activity_kinds.restore(session, "own_1")


def test_the_table_tells_of_every_kind_in_words(database: Database) -> None:
    with database.writing("x") as session:
        activity_kinds.save(session, None, {"name": "观影", "fields": ("works",), "free": ("影院",), "form": "F22"})
        activity_kinds.save(session, "poll", {"active": False})
        rows = {row.name: row for row in kind_table(session).rows}
    assert len(rows) == len(supplied()) + 1
    assert (rows["观影"].fields, rows["观影"].origin) == ("篇目、片名或基地、影院", "自己加的")
    assert (rows["民主测评"].state, rows["民主测评"].origin) == ("停用", "程序带来")
    assert rows["支部党员大会"].quorum == "过半数"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "党课"}, "name"),
        ({"name": "观影", "form": "F99"}, "form"),
        ({"name": "观影", "fields": ("nothing",)}, "fields"),
        ({"name": "观影", "free": ("影院", "影院")}, "free"),
        ({"name": "观影", "counts": ("nothing",)}, "counts"),
    ],
)
def test_what_cannot_be_a_kind_is_refused_at_its_field(database: Database, values: dict, field: str) -> None:
    with database.writing("x") as session, pytest.raises(FieldError) as refused:
        activity_kinds.save(session, None, values)
    assert refused.value.field == field


def test_only_own_kinds_without_records_are_removed(database: Database) -> None:
    with database.writing("x") as session:
        own = activity_kinds.save(session, None, {"name": "观影"})
        with pytest.raises(UserError, match="3 条记录"):
            activity_kinds.remove(session, own.key, 3)
        with pytest.raises(UserError, match="程序带来"):
            activity_kinds.remove(session, "contest", 0)
        activity_kinds.remove(session, own.key, 0)
        assert "观影" not in names(session)
