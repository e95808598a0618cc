"""Damage of every kind, by a failing disk or by another program's hand: noticed, or without any effect on the data."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from models import audit, backups, checks, trail
from models.database import Database
from models.errors import UserError

PAGE = 4096
FEW, MANY = 6, 200


def one_bit(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def page_of_zeros(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) // PAGE) * PAGE
    content[start : start + PAGE] = bytes(PAGE)


def page_of_noise(content: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(content) // PAGE) * PAGE
    content[start : start + PAGE] = chance.randbytes(PAGE)


def two_pages_swapped(content: bytearray, chance: random.Random) -> None:
    """Swaps two pages that differ: those of empty tables are all alike."""
    first = second = 0
    while content[first : first + PAGE] == content[second : second + PAGE]:
        first, second = (number * PAGE for number in chance.sample(range(len(content) // PAGE), 2))
    content[first : first + PAGE], content[second : second + PAGE] = (
        content[second : second + PAGE],
        content[first : first + PAGE],
    )


def tail_cut_off(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def one_digit(content: bytearray, chance: random.Random) -> None:
    """Changes a digit of a member's telephone number, which no index holds."""
    places = []
    found = content.find(b"100000000")
    while found >= 0:
        places.append(found)
        found = content.find(b"100000000", found + 1)
    if places:
        content[chance.choice(places) + 10] ^= 1


KINDS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    one_bit, page_of_zeros, page_of_noise, two_pages_swapped, tail_cut_off, one_digit,
)  # fmt: skip


def told(path: Path, password: str | None) -> list[str]:
    """What the program says of a file when it is opened and checked."""
    try:
        with closing(Database.open(path, password)) as database:
            return checks.check(database)
    except UserError as error:
        return [str(error)]


def content_of(path: Path, password: str | None) -> dict[tuple[str, int], dict[str, object]]:
    with closing(Database.open(path, password)) as database, database.reading() as session:
        return {
            (name, row["id"]): {key: row[key] for key in row if key != "version"}
            for name, type_ in trail.record_types().items()
            for row in session.execute(select(type_.__table__)).mappings()
        }


def damage_and_look(lived: Path, password: str | None, kind: Callable[..., None], trials: int) -> tuple[int, int]:
    """How often the damage was noticed, and how often it did nothing; there is no third."""
    sound, before = lived.read_bytes(), content_of(lived, password)
    noticed = harmless = 0
    for seed in range(trials):
        content = bytearray(sound)
        kind(content, random.Random(seed))
        lived.write_bytes(content)
        if told(lived, password):
            noticed += 1
        else:
            assert content_of(lived, password) == before, f"{kind.__name__} {seed} changed the data unnoticed"
            harmless += 1
    return noticed, harmless


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("trials", [FEW, pytest.param(MANY, marks=[pytest.mark.slow, pytest.mark.timeout(600)])])
def test_damage_is_noticed_or_harmless(lived, password, kind, trials, capfd):
    noticed, harmless = damage_and_look(lived, password, kind, trials)
    assert capfd.readouterr() == ("", "")
    assert noticed + harmless == trials
    if password is None:  # a bit, even a page, may lie where nothing is kept
        assert kind is one_bit or noticed >= 0.95 * trials
    else:  # of an encrypted file every bit counts, but no digit can be found to be changed
        assert noticed == (0 if kind is one_digit else trials)


def test_a_damaged_file_gives_no_backup_and_the_last_good_one_comes_back(lived, password, tmp_path):
    folder = tmp_path / "备份"
    before = content_of(lived, password)
    with closing(Database.open(lived, password)) as database:
        good = backups.make(database, folder)
    content = bytearray(lived.read_bytes())
    page_of_noise(content, random.Random(3))
    lived.write_bytes(content)
    assert told(lived, password)
    with pytest.raises(UserError), closing(Database.open(lived, password)) as database:
        backups.make(database, folder)
    assert backups.backups_in(folder) == [good]
    backups.restore(good.path, lived.with_name("恢复.zbtz"), password)
    assert content_of(lived.with_name("恢复.zbtz"), password) == before


def edit_a_value(connection: sqlite3.Connection, chance: random.Random) -> None:
    table = chance.choice(["members", "payments", "allotments", "dues", "settings", "assessments", "organisations"])
    kept = "'id', 'version'"
    columns = connection.execute(f"SELECT name, type FROM pragma_table_info('{table}') WHERE name NOT IN ({kept})")
    name, kind = chance.choice([each for each in columns if not each[0].endswith("_id")])
    (number,) = chance.choice(connection.execute(f"SELECT id FROM {table}").fetchall())
    value = chance.randrange(1, 10**6) if kind == "INTEGER" else f"改{chance.randrange(10**6)}"
    connection.execute(f'UPDATE {table} SET "{name}" = ? WHERE id = ?', (value, number))


def remove_a_row(connection: sqlite3.Connection, chance: random.Random) -> None:
    table = chance.choice(["allotments", "dues", "settings", "assessments", "vouchers", "payments"])
    (number,) = chance.choice(connection.execute(f"SELECT id FROM {table}").fetchall())
    connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))


def put_a_row_in(connection: sqlite3.Connection, chance: random.Random) -> None:
    table, column = chance.choice(
        [("allotments", "amount"), ("members", "phone"), ("payments", "amount"), ("reminders", "text")]
    )
    if table == "reminders":
        day = "2026-11-23"
        connection.execute(
            'INSERT INTO reminders (version, member_id, "on", kind, text) VALUES (1, 1, ?, ?, ?)', (day, "提醒", "假")
        )
        return
    (number,) = chance.choice(connection.execute(f"SELECT id FROM {table} WHERE id NOT IN (3, 19)").fetchall())
    names = [each[1] for each in connection.execute(f"PRAGMA table_info({table})") if each[1] not in ("id", column)]
    copied = ", ".join("NULL" if name in ("id_number", "reverses_id") else name for name in names)
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}, {column}) SELECT {copied}, 7 FROM {table} WHERE id = ?", (number,)
    )


def write_history_anew(connection: sqlite3.Connection, chance: random.Random) -> None:
    number = chance.randrange(1, connection.execute("SELECT max(id) FROM changes").fetchone()[0] + 1)
    column = chance.choice(["old", "new", "verb", "record_id", "table_name", "operation_id", "hash"])
    connection.execute(f"UPDATE changes SET {column} = coalesce({column}, '') || '0' WHERE id = ?", (number,))


def take_history_out(connection: sqlite3.Connection, chance: random.Random) -> None:
    number = chance.randrange(1, connection.execute("SELECT max(id) FROM changes").fetchone()[0])
    connection.execute("DELETE FROM changes WHERE id = ?", (number,))


def change_the_order(connection: sqlite3.Connection, chance: random.Random) -> None:
    first, second = chance.sample(range(1, connection.execute("SELECT max(id) FROM changes").fetchone()[0] + 1), 2)
    for old, new in ((first, -1), (second, first), (-1, second)):
        connection.execute("UPDATE changes SET id = ? WHERE id = ?", (new, old))


def cut_the_tail_off(connection: sqlite3.Connection, chance: random.Random) -> None:
    """The cleverest: takes the last operations back, in the tables too, so that everything agrees."""
    for _ in range(chance.randrange(1, 8)):
        operation, number = connection.execute(
            "SELECT operation_id, record_id FROM changes ORDER BY id DESC LIMIT 1"
        ).fetchone()
        connection.execute("DELETE FROM changes WHERE operation_id = ?", (operation,))
        connection.execute("DELETE FROM operations WHERE id = ?", (operation,))
        connection.execute("UPDATE members SET remark = NULL WHERE id = ?", (number,))


def give_it_another_hand(connection: sqlite3.Connection, chance: random.Random) -> None:
    column = chance.choice(["actor", "at", "title"])
    number = chance.randrange(1, connection.execute("SELECT max(id) FROM operations").fetchone()[0] + 1)
    connection.execute(f"UPDATE operations SET {column} = '别人' || {column} WHERE id = ?", (number,))


EDITS: tuple[Callable[[sqlite3.Connection, random.Random], None], ...] = (
    edit_a_value, remove_a_row, put_a_row_in, write_history_anew, take_history_out, change_the_order, cut_the_tail_off,
    give_it_another_hand,
)  # fmt: skip


def protection(connection: sqlite3.Connection) -> list[str]:
    return [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("trials", [3, pytest.param(25, marks=[pytest.mark.slow, pytest.mark.timeout(300)])])
@pytest.mark.parametrize("password", [None], ids=["plain"], indirect=True, scope="session")
def test_another_programs_hand_is_noticed(lived, edit, trials):
    """Two hundred edits, the protection taken off and put back so that nothing else gives them away."""
    with closing(Database.open(lived)) as database, database.reading() as session:
        anchored = trail.anchor(session)
    sound = lived.read_bytes()
    for seed in range(trials):
        lived.write_bytes(sound)
        with closing(sqlite3.connect(lived)) as connection, connection:
            triggers = protection(connection)
            for name, _, _ in audit.triggers():
                connection.execute(f"DROP TRIGGER {name}")
            edit(connection, random.Random(seed))
            for statement in triggers:
                connection.execute(statement)
        with closing(Database.open(lived)) as database:
            assert checks.check(database, [("备份", anchored)]), f"{edit.__name__} {seed} was not noticed"
