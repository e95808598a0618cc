"""Cases read for all at once, beside what the rules say of the steps of each."""

import random
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.database import Database
from models.ledger import View
from models.ledgers.care.cases import case_rows, listed_rows
from models.ledgers.care.changes import LATE, review_rows
from models.records.care import cases as care_cases
from models.records.care.cases import DEGREES, CareCase, CareStep
from models.rules import care
from models.rules.periods import Period

TODAY = date(2026, 11, 20)
DAYS = (TODAY, date(2026, 6, 30), date(2024, 2, 29))
KINDS = (*care.WAY[1:], care.CHANGED, care.REVIEWED)


def test_a_case_stands_as_the_rules_say_of_its_steps(sample: Database) -> None:
    with sample.writing("登记") as session:
        _add_any(session, random.Random(8), 60)
        for day in DAYS:
            rows = {row.id: row for row in case_rows(session, View(day, Period.of_year(day.year)))}
            reviews = {row.id: row for row in review_rows(session, View(day, Period.of_year(day.year)))}
            every = session.scalars(select(CareCase)).all()
            steps = {each.id: [s for s in care_cases.steps_of(session, each.id) if s.on <= day] for each in every}
            assert set(rows) == {number for number, own in steps.items() if own}
            for number, row in rows.items():
                own = steps[number]
                first = {step.kind: step for step in reversed(own)}
                left = first.get(care.CLOSED)
                told = [care.Step(step.kind, step.on, step.degree) for step in own]
                assert row.state == care.state_on(told, day)
                assert row.degree == care.degree_on(told, day)
                assert row.applied_on == own[0].on
                assert row.taken_in_on == (first[care.TAKEN_IN].on if care.TAKEN_IN in first else None)
                assert (row.left_on, row.left_reason) == ((left.on, left.reason) if left else (None, None))
                assert (number in reviews) == (row.state == care.ON_RECORD)
            assert all(row.state == LATE for row in reviews.values() if row.due_on < day)


def test_what_was_handed_out_is_told_in_order(sample: Database) -> None:
    view = View(TODAY, Period.of_year(2026))
    with sample.reading() as session:
        told = [row.aid for of_members in (True, False) for row in listed_rows(session, view, of_members) if row.aid]
        kept = [row.aid for row in case_rows(session, view)]
    assert told
    assert len([each for each in told if each]) > len([each for each in kept if each])
    for each in told:
        days = [part[:10] for part in each.split("；") if part[:4].isdigit() and part[4] == "-"]
        assert days == sorted(days)


def _add_any(session: Session, pick: random.Random, count: int) -> None:
    """Cases with steps on any days, several of a kind and on one day among them."""
    for number in range(count):
        case = CareCase(name=f"沈{number}", sort="困难群众")
        session.add(case)
        session.flush()
        on = TODAY - timedelta(days=pick.randrange(1500))
        session.add(CareStep(case_id=case.id, kind=care.APPLIED, on=on))
        for kind in pick.sample(KINDS, pick.randrange(len(KINDS))):
            on += timedelta(days=pick.choice((0, 1, 200)))
            session.add(CareStep(case_id=case.id, kind=kind, on=on, degree=pick.choice((None, *DEGREES))))
        if number % 3 == 0:
            session.add(CareStep(case_id=case.id, kind=care.CLOSED, on=on, reason=pick.choice(care.OUT)))
    session.flush()
