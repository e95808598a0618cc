"""What the frame of the window asks for: the search tells people of one name apart."""

from models.database import Database
from models.ledgers.frame import search
from models.records.members import members
from models.rules.periods import PartialDate
from tests.people import id_number


def test_people_of_one_name_are_told_apart(database: Database):
    people = (
        {"id_number": id_number("1980-03-05"), "post": "办公室主任"},
        {"id_number": id_number("1991-07-08"), "post": "科员"},
        {"birth_date": PartialDate(1975, 2)},
    )
    with database.writing("加人") as session:
        for values in people:
            members.add(session, {"name": "单玉"} | values)
    with database.reading() as session:
        hits = search(session, "sy")
        by_tail = search(session, id_number("1991-07-08")[-4:])
    assert [hit.name for hit in hits] == ["单玉"] * 3
    assert len({hit.detail for hit in hits}) == 3
    assert hits[0].detail.endswith(f"办公室主任　尾号 {id_number('1980-03-05')[-4:]}")
    assert hits[2].detail.endswith("1975-02")
    assert [hit.id for hit in by_tail] == [hits[1].id]
