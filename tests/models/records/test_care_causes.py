"""The causes of hardship as a branch keeps them: renamed with their cases, moved, stopped, never taken from a case."""

from datetime import date

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.records.care import cases as care_cases
from models.records.care import causes as care_causes
from models.records.members.organisation import branches
from models.undo import undo_last

TODAY = date(2026, 11, 20)


def names(sample: Database) -> list[str]:
    with sample.reading() as session:
        return [each.name for each in care_causes.causes(session)]


def used(sample: Database, name: str) -> int:
    with sample.reading() as session:
        return next(each.used for each in care_causes.causes(session) if each.name == name)


def test_a_cause_is_added_moved_and_offered(sample: Database) -> None:
    with sample.writing("x") as session:
        assert care_causes.add(session, " 创业失败 ") == "创业失败"
        care_causes.move(session, "创业失败", -1)
        care_causes.move(session, "本人重大疾病", -1)  # nothing stands above it
    assert names(sample) == [*care_causes.SUPPLIED[:-1], "创业失败", care_causes.SUPPLIED[-1]]
    with sample.reading() as session:
        assert care_causes.offered(session)[-2] == "创业失败"


@pytest.mark.parametrize(("name", "why"), [(" ", "请填写"), ("伤残", "已经有了"), ("长" * 21, "不要超过 20 个")])
def test_a_name_that_cannot_be_is_refused(sample: Database, name: str, why: str) -> None:
    with pytest.raises(FieldError, match=why), sample.writing("x") as session:
        care_causes.add(session, name)


def test_a_renamed_cause_is_renamed_in_its_cases_and_comes_back(sample: Database) -> None:
    before = used(sample, "低收入")
    assert before > 0
    with sample.writing("改名") as session:
        care_causes.switch(session, "低收入", False)
        care_causes.rename(session, "低收入", "收入偏低")
    assert used(sample, "收入偏低") == before
    with sample.reading() as session:
        assert "收入偏低" not in care_causes.offered(session)  # it had been stopped
        assert care_causes.offered(session, "收入偏低")[-1] == "收入偏低"
    with sample.writing("撤销") as session:
        undo_last(session, TODAY)
    assert names(sample) == list(care_causes.SUPPLIED)
    assert used(sample, "低收入") == before


def test_a_cause_that_cases_have_stays(sample: Database) -> None:
    with sample.writing("x") as session, pytest.raises(UserError, match="份帮扶记录在用，不能删除；不再用它，可以停用"):
        care_causes.remove(session, "低收入")
    with sample.writing("x") as session:
        care_causes.remove(session, "失独")
    assert "失独" not in names(sample)
    with pytest.raises(UserError, match="已经没有“失独”"), sample.writing("x") as session:
        care_causes.switch(session, "失独", False)


def test_what_an_earlier_ledger_wrote_is_listed_and_set_right(sample: Database) -> None:
    with sample.writing("x") as session:
        values = {"name": "谷满仓", "sort": "困难群众", "cause": "因灾", "branch_id": branches(session)[0].id}
        care_cases.apply(session, values, TODAY, TODAY)
    assert names(sample)[-1] == "因灾"
    with sample.writing("x") as session:
        care_causes.rename(session, "因灾", "旱涝灾害")
    assert (names(sample)[-1], used(sample, "旱涝灾害")) == ("旱涝灾害", 1)
