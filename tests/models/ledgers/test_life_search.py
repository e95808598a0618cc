"""Looking for words in minutes: every word somewhere, the latest first, nothing of talks."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from models.database import Database
from models.ledgers.life.search import Hits, search
from models.records.life import activities, agenda, decisions, followups, talks
from models.records.members import members, organisation
from models.rules.periods import PartialDate
from tests import founded

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Three records, and a talk in confidence."""
    path = tmp_path_factory.mktemp("search") / "甲支部.zbtz"
    with closing(founded.make(path, "甲局第一党支部", TODAY)) as made:
        with made.writing("准备") as session:
            member = members.add(session, {"name": "甲乙", "birth_date": PartialDate(1980)})
            branch = organisation.branches(session)[0]
            for kind, day, theme, text in (
                ("general_meeting", date(2026, 3, 2), "林小满同志转正", "一、清点人数。\n二、讨论100%上传，A_B。"),
                ("theme_day", date(2026, 5, 6), "参观纪念馆", "重温入党誓词。"),
                ("group_study", date(2025, 5, 6), "学习党章", "领学第一章，讨论党费收缴。"),
            ):
                held = activities.begin(session, branch.id, kind, day, TODAY, {"theme": theme, "place": "三楼会议室"})
                activities.change(session, held.id, {"text": text, "resolution": None}, TODAY)
            item = agenda.put(session, 1, {"title": "研究结对共建"})
            agenda.say(session, item.id, "甲乙", "建议每季度碰一次头")
            decisions.decide(session, 1, {"text": "同意慰问方案"})
            followups.add(session, {"issue": "把照片报宣传委员"}, TODAY, 2)
            values = {
                "on": date(2026, 4, 1),
                "sort": talks.HEART,
                "talkers": "甲乙",
                "talked": "甲乙",
                "confidential": True,
            }
            talks.enter(session, branch.id, values | {"text": "家里的难处"}, TODAY)
            assert member.id
        yield made


def found(database: Database, asked: str, **narrowed: int) -> Hits:
    with database.reading() as session:
        return search(session, asked, **narrowed)


@pytest.mark.parametrize(
    ("asked", "numbers", "where"),
    [
        ("誓词", [2], "内容"),
        ("党费 第一章", [3], "内容"),
        ("转正", [1], "主题"),
        ("慰问", [1], "表决"),
        ("小满 清点", [1], "内容"),
        ("结对", [1], "议程"),
        ("碰一次头", [1], "发言"),
        ("照片", [2], "后续事项"),
        ("三楼", [2, 1, 3], "地点"),
        ("100%", [1], "内容"),
        ("a_b", [1], "内容"),
        ("1_0", [], ""),
        ("%", [1], "内容"),
        ("誓词 党费", [], ""),
        ("难处", [], ""),
        ("", [], ""),
    ],
)
def test_records_that_hold_every_word_are_found(written: Database, asked: str, numbers: list[int], where: str):
    hits = found(written, asked).hits
    assert [hit.id for hit in hits] == numbers
    assert [hit.where for hit in hits[:1]] == ([where] if numbers else [])
    for hit in hits:
        assert hit.snippet.marks


def test_only_the_latest_are_listed_and_that_is_said(written: Database):
    few = found(written, "三楼", most=2)
    assert [hit.id for hit in few.hits] == [2, 1]
    assert few.more
    assert not found(written, "三楼", most=3).more


def test_a_branch_is_looked_through_alone(written: Database):
    with written.reading() as session:
        branch = organisation.branches(session)[0].id
    assert len(found(written, "三楼", branch_id=branch).hits) == 3
    assert found(written, "三楼", branch_id=branch + 1).hits == ()


def test_a_hit_says_which_record_it_is(written: Database):
    (hit,) = found(written, "誓词").hits
    assert (hit.kind, hit.on, hit.branch, hit.name, hit.state) == (
        "主题党日", date(2026, 5, 6), "甲局第一党支部", "参观纪念馆", "记录中",
    )  # fmt: skip
