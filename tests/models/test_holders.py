"""Several persons with passwords of their own: what each may do, and how their slots travel with the file."""

import shutil
from contextlib import closing

import pytest
from sqlalchemy import select

from models import backups, checks, holders, passwords, recovery, slots, steps, undo
from models.audit import Operation
from models.database import Database
from models.errors import FieldError, ReadOnlyError, UserError
from models.founding import make
from models.ledgers.trail import lines_of
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import PartialDate
from models.slots import CLERK, READER, Person
from models.unlocking import WrongPasswordError, key_of
from tests.models.conftest import TODAY

OWN, LI, WANG, OTHER = "文件自己的密码一二三", "李秀英记得住的一句话", "王建国的另一句话呢", "换上的新密码四五六"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "一支部.zbtz"
    make(path, "第一党支部", TODAY, password=OWN).close()
    with closing(Database.open(path, OWN)) as database:
        holders.add(database, "李秀英", CLERK, LI)
        holders.add(database, "王建国", READER, WANG)
    return path


def add_member(database, name="张红卫"):
    with database.writing("登记") as session:
        members.add(session, {"name": name, "birth_date": PartialDate(1980)})


def test_the_trail_names_a_password_once_and_never_shows_it(path):
    with closing(Database.open(path, OWN)) as database, database.reading() as session:
        said = [line for number in session.scalars(select(Operation.id)) for line in lines_of(session, number)]
    assert [line for line in said if "李秀英" in line] == [
        "新增使用人 李秀英：权限：经办，密码：（不在这里显示）",
    ]


def alone(path, folder):
    """The file copied as a person copies it: without what lies beside it."""
    folder.mkdir()
    return shutil.copyfile(path, folder / path.name)


def test_each_opens_the_file_with_their_own_password(path):
    with closing(Database.open(path, LI)) as database:
        assert database.actor == "李秀英"
        assert not database.read_only
        add_member(database)
        with database.reading() as session:
            assert [(each.name, each.role) for each in holders.everybody(session)] == [
                ("李秀英", "经办"),
                ("王建国", "查看"),
            ]
    with closing(Database.open(path, WANG)) as database, database.reading() as session:
        assert database.read_only
        assert session.get_one(Member, 1).name == "张红卫"
        with pytest.raises(ReadOnlyError):
            add_member(database)
    with closing(Database.open(path, OWN, actor="周丽萍")) as database:
        assert database.actor == "周丽萍"
        assert checks.check(database) == []


def test_who_did_what_stands_in_the_trail(path):
    with closing(Database.open(path, LI, actor="本机")) as database:
        add_member(database)
        with database.reading() as session:
            actor = session.connection().exec_driver_sql("SELECT actor FROM operations ORDER BY id DESC").scalar()
    assert actor == "李秀英"


def test_a_wrong_password_is_told_as_before(path):
    before = path.read_bytes()
    for guess in ("错的密码一二三四", LI + " ", OWN[:-1]):
        with pytest.raises(WrongPasswordError, match="密码不对"):
            Database.open(path, guess)
    assert path.read_bytes() == before


def test_the_file_alone_opens_for_each(path, tmp_path):
    with closing(Database.open(path, LI)) as database:
        for number in range(40):
            add_member(database, f"党员{number}")  # the file grows over the page of slots, closing puts it back
    copy = alone(path, tmp_path / "别处")
    for password, name in ((LI, "李秀英"), (WANG, "王建国")):
        with closing(Database.open(copy, password)) as database, database.reading() as session:
            assert database.actor == name
            assert session.get_one(Member, 40).name == "党员39"
            assert checks.check(database) == []


def test_after_a_crash_the_slots_beside_the_file_serve(path):
    pages = path.read_bytes()
    path.write_bytes(pages[:-4096])
    with closing(Database.open(path, LI)) as database:
        add_member(database)
    assert slots.parsed(path.read_bytes()[-4096:]) is not None  # and it is whole again


@pytest.mark.parametrize("place", [-4096, -4000, -2000, -1])
def test_a_spoilt_page_of_slots_spoils_nothing_else(path, place):
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    slots.beside_of(path).write_bytes(content[-4096:])
    with pytest.raises(WrongPasswordError):
        Database.open(path, LI)
    with closing(Database.open(path, OWN)) as database:
        assert checks.check(database) == []
    with closing(Database.open(path, LI)) as database:
        assert database.actor == "李秀英"


def test_backups_and_what_is_restored_open_for_each(path, tmp_path):
    with closing(Database.open(path, LI)) as database:
        add_member(database)
        backup = backups.make(database, tmp_path / "备份")
    backups.verify(backup.path)
    target = tmp_path / "恢复" / "一支部.zbtz"
    target.parent.mkdir()
    backups.restore(backup.path, target, WANG)
    with closing(Database.open(target, WANG)) as database, database.reading() as session:
        assert session.get_one(Member, 1).name == "张红卫"


def test_another_password_of_the_file_leaves_the_others_theirs(path, tmp_path):
    with closing(Database.open(path, OWN)) as database:
        passwords.change(database, OWN, OTHER).close()
    copy = alone(path, tmp_path / "别处")
    with closing(Database.open(copy, LI)) as database:
        assert database.actor == "李秀英"
    with closing(Database.open(copy, OTHER)) as database:
        assert checks.check(database) == []
    with pytest.raises(WrongPasswordError):
        Database.open(path, OWN)


def test_the_password_of_the_file_is_changed_by_whoever_knows_it(path):
    with closing(Database.open(path, LI)) as database, pytest.raises(FieldError, match="数据文件的密码"):
        passwords.change(database, LI, OTHER)
    with closing(Database.open(path, OWN)) as database, pytest.raises(FieldError, match="先移除"):
        passwords.change(database, OWN, None)
    key_of(path, OWN)


def test_a_person_removed_opens_it_no_more(path, tmp_path):
    with closing(Database.open(path, OWN)) as database:
        with database.reading() as session:
            li, wang = holders.everybody(session)
        holders.remove(database, li.id)
        with pytest.raises(UserError, match="已经移除"):
            holders.remove(database, li.id)
        with pytest.raises(WrongPasswordError):
            key_of(path, LI)
        holders.remove(database, wang.id)
    assert not slots.beside_of(path).exists()
    assert slots.parsed(path.read_bytes()[-4096:]) is None
    with closing(Database.open(path, OWN)) as database:
        passwords.change(database, OWN, None).close()


def test_a_person_gets_another_role_and_another_password(path):
    with closing(Database.open(path, OWN)) as database:
        with database.reading() as session:
            li, _wang = holders.everybody(session)
        holders.change(database, li.id, role=READER)
        holders.change(database, li.id, password=OTHER)
    with pytest.raises(WrongPasswordError):
        key_of(path, LI)
    with closing(Database.open(path, OTHER)) as database:
        assert database.read_only


@pytest.mark.parametrize(
    ("name", "role", "password", "field"),
    [
        ("", CLERK, OTHER, "name"),
        ("李秀英", CLERK, OTHER, "name"),
        ("长" * 40, CLERK, OTHER, "name"),
        ("周丽萍", "boss", OTHER, "role"),
        ("周丽萍", CLERK, "短", "password"),
        ("周丽萍", CLERK, OWN, "password"),
        ("周丽萍", CLERK, LI, "password"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(path, name, role, password, field):
    with closing(Database.open(path, OWN)) as database:
        with pytest.raises(FieldError) as refusal:
            holders.add(database, name, role, password)
        assert refusal.value.field == field
        with database.reading() as session:
            assert len(holders.everybody(session)) == 2


def test_only_the_owner_of_an_encrypted_file_lets_others_in(path, tmp_path):
    with closing(Database.open(path, LI)) as database, pytest.raises(UserError, match="只有用数据文件的密码"):
        holders.add(database, "周丽萍", CLERK, OTHER)
    with closing(make(tmp_path / "b.zbtz", "第二党支部", TODAY)) as plain, pytest.raises(UserError, match="没有密码"):
        holders.add(plain, "周丽萍", CLERK, OTHER)


def test_undo_passes_over_who_may_open_the_file(path):
    with closing(Database.open(path, OWN)) as database:
        add_member(database)
        holders.remove(database, 2)
    with closing(Database.open(path, LI)) as database:
        assert undo.undo_steps(database, TODAY) == ["登记"]
        with database.reading() as session:
            assert [each.name for each in holders.everybody(session)] == ["李秀英"]
            assert not [step for step in steps.done(session) if "使用人" in step.title]
    with pytest.raises(WrongPasswordError):
        key_of(path, WANG)


def test_there_is_room_for_twelve(path):
    with closing(Database.open(path, OWN)) as database:
        for number in range(10):
            holders.add(database, f"使用人{number}", READER, f"使用人的密码第{number}个")
        with pytest.raises(FieldError, match="最多 12 位"):
            holders.add(database, "使用人10", READER, "使用人的密码第十个")
    assert path.stat().st_size % 4096 == 0
    with closing(Database.open(path, "使用人的密码第9个")) as database:
        assert database.actor == "使用人9"


def test_the_recovery_code_opens_the_file_alone(path, tmp_path):
    with closing(Database.open(path, OWN)) as database:
        assert database.key is not None
        code = recovery.code_of(database.key.key)
    copy = alone(path, tmp_path / "别处")
    with closing(Database.open(copy, code)) as database:
        assert database.key is not None
        assert database.key.person is None
        passwords.change(database, code, OTHER).close()
    with pytest.raises(WrongPasswordError, match="换过密码"):
        key_of(copy, code)
    with pytest.raises(UserError, match="第 1 组抄错"):
        key_of(copy, ("1" if code[0] != "1" else "2") + code[1:])
    with pytest.raises(WrongPasswordError, match="现在输了 64 个"):
        key_of(copy, code[:-1])
    key_of(copy, OTHER)


def test_how_many_there_are_is_not_seen():
    one = slots.page_of(b"s" * 16, b"k" * 32, [slots.Slot(Person("甲", CLERK), b"w" * 32)])
    none = slots.page_of(b"s" * 16, b"k" * 32, [])
    found = slots.parsed(one)
    assert found is not None
    assert found.opened(b"w" * 32) == (b"k" * 32, Person("甲", CLERK))
    assert found.opened(b"x" * 32) is None
    assert len(one) == len(none) == 4096
    assert len({len(slot) for slot in found.wrapped}) == 1
    assert "甲".encode() not in one
    assert one == slots.page_of(b"s" * 16, b"k" * 32, [slots.Slot(Person("甲", CLERK), b"w" * 32)])
