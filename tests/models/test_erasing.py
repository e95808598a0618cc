"""A person erased is nowhere in the file any more, and books, counts, trail and chain are what they were."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import String, func, select
from sqlalchemy.orm import Session

from models import audit, checks, erasing, trail, undo
from models.audit import Operation
from models.base import Base
from models.database import Database
from models.erasing.belongings import OWNERS
from models.erasing.going import COLUMNS
from models.errors import UserError
from models.ledger import View
from models.ledgers import snapshots
from models.ledgers.catalogue import LEDGERS
from models.ledgers.members.roster import MEMBERS
from models.ledgers.sheets import sheet, sheets
from models.records import sendings
from models.records.care import cases as care_cases
from models.records.care import visits as care_visits
from models.records.dues import payments, reductions
from models.records.dues.dues import Due
from models.records.dues.payments import Collection, Payment
from models.records.life import talks
from models.records.members import members, organisation
from models.records.members.facts import Turn
from models.rules import care
from models.rules.periods import Month, PartialDate, Period

TODAY = date(2026, 11, 20)
FORMER, OTHER = "吴国强", "刘洋"
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
NAME, NUMBER, PHONE = "欧阳翠峦", "110199198001010018", "10098765432"
CANARY = "青山鹦鹉"
WORDS = (NAME, FORMER, NUMBER, PHONE, CANARY)
BASE = Decimal("8765.43")  # yuan; nobody else's


def columns_without(*left_out: str) -> Iterator[str]:
    wanted = {"name", "id_number", "birth_date", "sex", "branch", "group", *left_out}
    for column in Base.metadata.tables["members"].c:
        if isinstance(column.type, String) and type(column.type) is String and column.name not in wanted:
            yield column.name


def fill(database: Database) -> int:
    """Has the file know something in every chapter about somebody, who then leaves; answers the number."""
    with database.writing(f"修改党员{FORMER}") as session:
        number = members.find(session, FORMER).id
        branch = members.find_by_id(session, number).branch_id
        said = dict.fromkeys(columns_without("initials", "status", "category", "dues_category", "phone"), CANARY)
        members.change(session, number, said | {"phone": "10011112222", "dues_base": BASE}, Turn(TODAY, CANARY))
    with database.writing("登记") as session:
        told = {"name": NAME, "id_number": NUMBER, "phone": PHONE, "birth_date": None, "sex": None}
        members.change(session, number, told)
        payments.collect(session, number, NOVEMBER, Collection(TODAY, remark=CANARY, proxy=CANARY), Decimal("5.00"))
        reductions.save_one(session, number, {"cause": CANARY, "applicant": NAME, "amount": Decimal(1),
                                              "from_month": Month(2027, 1), "to_month": Month(2027, 3),
                                              "applied_on": TODAY})  # fmt: skip
        found = care_cases.open_of(session, number)
        assert found is not None
        case = found.id
        care_cases.change(session, case, {"cause": CANARY, "health": CANARY, "detail": CANARY})
        care_cases.add_relative(session, case, {"relation": "妻", "name": CANARY, "health": CANARY})
        care_cases.add_income(session, case, {"source": CANARY, "amount": BASE})
        seen = {"occasion": "住院", "visitors": "张红卫", "needs": CANARY, "situation": CANARY}
        gone = care_visits.enter(session, {"name": NAME, "on": TODAY} | seen, TODAY).id
        care_visits.enter(session, {"name": NAME, "on": TODAY} | seen, TODAY)
        said = {"talkers": "张红卫", "talked": NAME, "text": CANARY, "promises": CANARY, "sort": "谈心谈话"}
        talks.enter(session, branch, {"on": TODAY} | said, TODAY)
    with database.writing("删去一次走访") as session:
        care_visits.remove(session, gone)
    with database.writing("报送") as session:
        table = sheet(session, MEMBERS, VIEW)
        sent = sendings.Table(table.name, table.heading, len(table.rows), snapshots.taken(table))
        letter = sendings.Letter(
            TODAY, "机关党委", "周丽萍", VIEW.month, VIEW.month, None, sendings.WORKBOOK, False, "x"
        )
        sendings.record(session, letter, [sent])
    with database.writing("别人的备注") as session:
        members.change(session, members.find(session, OTHER).id, {"remark": f"与{NAME}（{PHONE}）同室"})
        members.leave(session, number, "转出", TODAY, f"{CANARY}厂")
    return number


def left_in(path: Path) -> list[str]:
    content = path.read_bytes()
    packed = {str(snapshots.read(text)) for text in _sent(path) if text}
    return [word for word in WORDS if word.encode() in content or any(word in each for each in packed)]


def left_in_plain(path: Path) -> list[str]:
    return [word for word in WORDS if word.encode() in path.read_bytes()]


def _sent(path: Path) -> list[str]:
    """Every table that was sent, there or in the trail, where words are packed."""
    with closing(sqlite3.connect(path)) as file:
        lines = file.execute("SELECT new FROM changes WHERE table_name = 'sent_tables' AND new IS NOT NULL")
        told = [json.loads(new).get("content", "") for (new,) in lines]
        return told + [content for (content,) in file.execute("SELECT content FROM sent_tables")]


def erase(database: Database, number: int) -> None:
    with database.writing("彻底删除个人信息") as session:
        erasing.erase_member(session, number, TODAY)
    database.scrub()


def figures(session: Session) -> tuple[object, ...]:
    sums = [session.execute(select(func.count(), func.sum(table.amount))).one() for table in (Payment, Due)]
    counts = [session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables
              if table.name not in {"changes", "operations", "erasures"}]  # fmt: skip
    return (*sums, *counts)


@pytest.fixture(scope="module")
def known(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """A file that knows the person, and the person's number."""
    path = tmp_path_factory.mktemp("known") / "知道.zbtz"
    shutil.copyfile(sample_file, path)
    with closing(Database.open(path, actor="周丽萍")) as database:
        return path, fill(database)


@pytest.fixture(scope="module")
def erased(known: tuple[Path, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The same file after the person was erased."""
    path = tmp_path_factory.mktemp("erased") / "删后.zbtz"
    shutil.copyfile(known[0], path)
    with closing(Database.open(path, actor="周丽萍")) as database:
        erase(database, known[1])
        yield database


@pytest.fixture
def before(known: tuple[Path, int]) -> Iterator[Database]:
    """The file with the person, only to be read."""
    with closing(Database.open(known[0], read_only=True)) as database:
        yield database


def test_the_words_are_in_the_file_before(known: tuple[Path, int]) -> None:
    assert left_in(known[0]) == list(WORDS)


def test_nothing_is_left_of_the_person(before: Database, erased: Database) -> None:
    assert left_in(erased.path) == []
    with before.reading() as session:
        were, anchor = figures(session), trail.anchor(session)
    with erased.reading() as session:
        assert figures(session) == were
        assert trail.holds(session, anchor)
    assert checks.check(erased) == []


def test_every_ledger_is_shown_as_before(before: Database, erased: Database) -> None:
    with before.reading() as session:
        were = {ledger.name: len(sheets(session, ledger, VIEW)[0].rows) for ledger in LEDGERS}
    with erased.reading() as session:
        shown = {ledger.name: sheets(session, ledger, VIEW)[0] for ledger in LEDGERS}
        after = {name: len(shown[name].rows) for name in shown}
        assert after == were | {"members_course": after["members_course"]}  # what happened to the person went
        assert not any(word in repr(each) for each in shown.values() for word in WORDS)


def test_what_another_program_does_to_an_erased_line_is_seen(erased: Database, tmp_path: Path) -> None:
    path = tmp_path / "改过.zbtz"
    shutil.copyfile(erased.path, path)
    with erased.reading() as session:
        line = min(audit.erased_lines(session))
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DROP TRIGGER changes_no_update")
        other.execute("UPDATE changes SET new = replace(new, '已删除', '没删除') WHERE id = ?", (line,))
    with closing(Database.open(path)) as altered, altered.reading() as session:
        assert trail.break_in_chain(session) == line


def test_it_cannot_be_undone_nor_what_it_emptied(erased: Database) -> None:
    with erased.trying() as session:
        with pytest.raises(UserError, match="不能恢复"):
            undo.undo_last(session, TODAY)
        emptied = session.scalars(select(Operation).where(Operation.title == "登记")).one()
        with pytest.raises(UserError, match="涉及已彻底删除"):
            undo.take_back(session, emptied, TODAY)


def test_one_in_the_branch_stays_and_nobody_is_erased_twice(known: tuple[Path, int], erased: Database) -> None:
    with erased.trying() as session:
        with pytest.raises(UserError, match="现在在册"):
            erasing.erase_member(session, members.find(session, OTHER).id, TODAY)
        with pytest.raises(UserError, match="已经删除过"):
            erasing.erase_member(session, known[1], TODAY)


def test_nothing_more_is_entered_about_who_was_erased(known: tuple[Path, int], erased: Database) -> None:
    with erased.trying() as session:
        for deed in (
            lambda: members.change(session, known[1], {"phone": "10000000001"}),
            lambda: members.come_back(session, known[1]),
            lambda: members.rejoin(session, known[1], TODAY, members.REJOINED[0]),
        ):
            with pytest.raises(UserError, match="不能再修改，也不能恢复在册"):
                deed()


def test_a_name_that_two_bear_is_left_where_nobody_can_say_whose_it_is(known: tuple[Path, int], tmp_path: Path) -> None:
    path = tmp_path / "同名.zbtz"
    shutil.copyfile(known[0], path)
    with closing(Database.open(path)) as database:
        with database.writing("同名") as session:
            branch = organisation.branches(session)[0].name
            for name in (NAME, f"{FORMER}山"):
                members.add(session, {"name": name, "birth_date": PartialDate(1990, 1), "branch": branch})
        with database.reading() as session:
            assert erasing.plan_member(session, known[1]).ambiguous == (NAME,)
        erase(database, known[1])
        assert left_in(path) == [NAME, FORMER]
        with database.reading() as session:
            assert members.find(session, f"{FORMER}山").name == f"{FORMER}山"
        assert checks.check(database) == []


def test_the_person_of_a_case_is_erased_too(before: Database, tmp_path: Path) -> None:
    path = tmp_path / "群众.zbtz"
    shutil.copyfile(before.path, path)
    with closing(Database.open(path)) as database:
        with database.writing("登记") as session:
            said = {"sort": "困难群众", "name": "令狐丹枫", "id_number": "110199197001010011", "health": CANARY}
            number = care_cases.apply(session, said, TODAY, TODAY).id
            with pytest.raises(UserError, match="还没有退出"):
                erasing.erase_case(session, number, TODAY)
            care_cases.take_step(session, number, care.CLOSED, TODAY, {"reason": care.OUT[0]}, TODAY)
        with database.writing("彻底删除个人信息") as session:
            erasing.erase_case(session, number, TODAY)
        database.scrub()
        assert "令狐丹枫".encode() not in path.read_bytes()
        assert b"110199197001010011" not in path.read_bytes()
        assert checks.check(database) == []


def test_an_encrypted_file_is_written_anew_too(either: Database) -> None:
    with either.writing("新增党员") as session:
        number = members.add(session, {"name": NAME, "birth_date": PartialDate(1980, 1), "remark": CANARY}).id
        members.leave(session, number, "去世", TODAY)
    erase(either, number)
    assert left_in_plain(either.path) == []
    assert checks.check(either) == []
    with either.reading() as session:
        assert members.find_by_id(session, number).name == f"已删除人员{number}"


def test_every_table_about_people_has_been_thought_of() -> None:
    naming = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in OWNERS and table.name != "members"
    }
    assert naming | {"care_cases", "extra_values", "talk_texts"} == set(COLUMNS)


def test_every_text_about_people_has_been_thought_of() -> None:
    """A column that comes to one of these tables either goes with the person or is said here to stay, and why it may.

    Choices from a list, days and amounts of money, who acted for the branch, and what a meeting or a service was about.
    """
    stays = {
        "appraisal_results": {"grade"}, "arrangements": {"kind"}, "assessments": {"dues_category"},
        "attendances": {"state"}, "care_cases": {"sort"}, "care_gifts": {"category", "goods", "unit"},
        "care_handouts": {"handler", "witness"}, "care_steps": {"kind"}, "care_visits": {"occasion", "visitors"},
        "decisions": {"text", "rule", "way"}, "donations": {"item", "quantity", "unit", "receipt_no"},
        "dues": {"category", "rate", "source"}, "exclusions": {"approved_by"}, "extra_values": {"period"},
        "honours": {"kind"}, "large_payments": {"method", "receipt_no"}, "member_facts": {"field"},
        "payments": {"method"},
        "reductions": {"approver"}, "reminders": {"kind", "by"}, "retirements": {"talker"},
        "seats": {"post", "duties"}, "service_entries": {"content", "community"},
        "study_entries": {"content", "form", "organiser"}, "talk_people": {"role"}, "test_scores": {"subject"},
    }  # fmt: skip
    found = {
        table: {column.name for column in Base.metadata.tables[table].c if type(column.type) is String} - set(gone)
        for table, gone in COLUMNS.items()
    }
    assert {table: names for table, names in found.items() if names} == stays
