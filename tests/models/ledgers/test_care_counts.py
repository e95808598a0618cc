"""Counts of care: every measure against figures counted by hand, and each leads to the records that make it up."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models import founding
from models.database import Database
from models.ledger import View
from models.ledgers.care.changes import CARE_CHANGES
from models.ledgers.catalogue import named
from models.ledgers.life.counted import counted
from models.ledgers.life.counts import CARE_STATISTICS, LIFE_STATISTICS, LIFE_STATISTICS_MONTHS
from models.ledgers.life.measures import LEDGERS, OF_CARE, OTHERS
from models.ledgers.sheets import sheet
from models.records.care import cases as care_cases
from models.records.care import concerns as care_concerns
from models.records.care import donation_drives, donations, helped, pairings, volunteering
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care import visits as care_visits
from models.records.care.rounds import Chosen
from models.records.members import members, organisation  # fmt: skip
from models.records.members.members import FULL
from models.rules import care
from models.rules.periods import PartialDate, Period

TODAY = date(2026, 11, 20)
NOW, BEFORE = 2026, 2025
# What the fixture below holds, counted by hand: the measure, the year 2026, the same months of 2025.
FIGURES: tuple[tuple[str, Any, Any], ...] = (
    ("cases_entered", 2, 1),
    ("cases_left", 1, 0),
    ("cases_standing", 2, 1),
    ("gifts", 2, 1),
    ("gifts_money", Decimal("1000.50"), Decimal(300)),
    ("gifts_goods", 1, 0),
    ("visits", 2, 1),
    ("concerns", 2, 2),
    ("concerns_rate", Decimal("50.0"), Decimal("100.0")),
    ("concerns_closed", 2, 1),
    ("donations", 3, 1),
    ("donations_money", Decimal("620.30"), Decimal(50)),
    ("donations_件", Decimal(12), Decimal(7)),
    ("donations_本", Decimal("2.5"), 0),
    ("handovers_money", Decimal("100.00"), 0),
    ("handovers_件", Decimal(5), 0),
    ("helped", 2, 1),
    ("pairings", 1, 2),
    ("pairings_running", 2, 2),
    ("pairing_tasks", 2, 1),
    ("pairing_tasks_spent", Decimal("6512.35"), 0),
    ("services", 3, 1),
    ("services_people", 14, 1),
    ("services_hours", Decimal("27.5"), Decimal(2)),
    ("services_paired", 1, 0),
    ("services_paired_people", 12, 0),
    ("registrations", 2, 1),
)


@pytest.fixture(scope="module")
def cared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A branch with two years of care."""
    path = tmp_path_factory.mktemp("care") / "甲支部.zbtz"
    with closing(founding.make(path, "甲局第一党支部", TODAY)) as made:
        with made.writing("准备") as session:
            people = [
                members.add(session, {"name": f"甲{name}", "birth_date": PartialDate(1980), "category": FULL}).id
                for name in "乙丙丁"
            ]
            branch = organisation.branches(session)[0].id
            _have_cases(session, people)
            _give_gifts(session, people)
            _visit(session, branch)
            _donate(session)
            _pair(session, branch)
            _serve(session, people, branch)
        yield made


def _have_cases(session: Session, people: list[int]) -> None:
    """One from 2025 that left in 2026, two of 2026 that stand, one application that came to nothing."""
    left = _apply(session, date(BEFORE, 1, 5), care.WAY[1:], people[0])
    care_cases.take_step(session, left, care.CLOSED, date(NOW, 3, 1), {"reason": "脱困"}, TODAY)
    _apply(session, date(NOW, 1, 5), care.WAY[1:], people[1])
    _apply(session, date(NOW, 2, 2), care.WAY[1:])
    _apply(session, date(NOW, 2, 2), (care.CLOSED,))


def _apply(session: Session, on: date, kinds: Sequence[str], member_id: int | None = None) -> int:
    """An application with the steps that followed it, one a day."""
    person = {"sort": "困难党员"} if member_id else {"name": f"某户{len(kinds)}", "sort": "困难群众"}
    number = care_cases.apply(session, person, on, TODAY, member_id).id
    for days, kind in enumerate(kinds, 1):
        day = on + timedelta(days=days)
        values = {"until": day if kind == care.POSTED else None, "reason": "其他", "degree": "一般困难"}
        care_cases.take_step(session, number, kind, day, values, TODAY)
    return number


def _give_gifts(session: Session, people: list[int]) -> None:
    """Three handed out of which one was reversed, one of goods, one of the year before; one still waits."""
    care_funds.receive(session, {"fund": "工会", "on": date(BEFORE, 1, 1), "amount": Decimal(9000)}, TODAY)
    for year, gifts in (
        (BEFORE, ((0, Decimal(300), None, False),)),
        (NOW, ((0, Decimal("600.50"), None, False), (1, Decimal(400), "米", False), (2, Decimal(500), None, True))),
    ):
        made = care_rounds.begin(session, {"festival": "春节", "year": year}).id
        for who, amount, goods, reversed_ in gifts:
            gift = care_rounds.choose(session, made, Chosen("", "困难党员", people[who])).id
            given = {"goods": goods, "quantity": Decimal(1) if goods else None, "unit": "袋" if goods else None}
            care_rounds.settle(session, gift, given, [("工会", amount)])
            handed = care_handing.hand_out(session, gift, {"on": date(year, 2, 6)}, TODAY)
            if reversed_:
                care_handing.reverse_handout(session, handed.id, "没有领到", date(year, 2, 7))


def _visit(session: Session, branch: int) -> None:
    """Visits, and matters raised and closed, one of them in the year after it was raised."""
    for on in (date(BEFORE, 5, 1), date(NOW, 5, 1), date(NOW, 6, 1)):
        values = {"name": "某户", "on": on, "visitors": "甲乙", "occasion": "日常"}
        care_visits.enter(session, values, TODAY, branch)
    for raised_on, closed_on in (
        (date(BEFORE, 4, 1), date(BEFORE, 4, 9)),
        (date(BEFORE, 10, 8), date(NOW, 1, 8)),
        (date(NOW, 4, 1), date(NOW, 4, 2)),
        (date(NOW, 11, 1), None),
    ):
        values = {"matter": f"修路灯 {raised_on}", "raised_on": raised_on, "closed_on": closed_on}
        care_concerns.add(session, values | {"progress": "已修好" if closed_on else None}, TODAY, branch)


def _donate(session: Session) -> None:
    """Money and goods in two units; one giver with two lines on a day counts once, what was reversed not at all."""
    drive = donation_drives.begin(session, {"name": "暖冬", "begins": date(BEFORE, 1, 1)}).id

    def give(giver: str, year: int, **values: Any) -> int:
        return donations.give(session, drive, {"giver": giver, "on": date(year, 3, 4), **values}, TODAY).id

    coats = {"item": "大衣", "unit": "件"}
    give("甲乙", BEFORE, amount=Decimal(50), quantity=Decimal(7), **coats)
    give("甲乙", NOW, amount=Decimal("120.30"))
    give("甲乙", NOW, item="图书", unit="本", quantity=Decimal("2.5"))
    give("某公司", NOW, amount=Decimal(500), quantity=Decimal(9), **coats)
    give("甲丙", NOW, item="棉被", unit="件", quantity=Decimal(3), value=Decimal(300))
    wrong = give("甲丁", NOW, amount=Decimal(80), quantity=Decimal(4), **coats)
    donations.reverse(session, wrong, "重复登记", date(NOW, 3, 5))
    given = {"receiver": "某小学", "on": date(NOW, 3, 6), "amount": Decimal("100.00"), "quantity": Decimal(5), **coats}
    donations.pass_on(session, drive, given, TODAY)
    for year, name in ((BEFORE, "某生"), (NOW, "某生"), (NOW, "另生")):
        given = {"name": name, "what": "图书", "on": date(year, 4, 1), "drive_id": drive}
        helped.add(session, given, TODAY)


def _pair(session: Session, branch: int) -> None:
    """Three pairings, of which one ended in 2026, and tasks of one of them."""
    village = pairings.pair(session, branch, {"partner": "青石村", "since": date(BEFORE, 2, 1)}, TODAY).id
    ended = {"partner": "某企业", "since": date(BEFORE, 3, 1), "ended_on": date(NOW, 3, 1)}
    pairings.pair(session, branch, ended, TODAY)
    pairings.pair(session, None, {"partner": "某社区", "since": date(NOW, 3, 1)}, TODAY)
    for done_on, spent in ((date(BEFORE, 6, 1), None), (date(NOW, 6, 1), None), (date(NOW, 7, 1), Decimal("6512.35"))):
        task = {"task": f"修水渠 {done_on}", "done_on": done_on, "spent": spent, "result": "通水"}
        pairings.add_task(session, village, task, TODAY)
    pairings.add_task(session, village, {"task": "送技术"}, TODAY)


def _serve(session: Session, people: list[int], branch: int) -> None:
    """Services of members and of twelve people for the village, and registrations."""
    village = pairings.running(session)[0].id
    cleaned: dict[str, Any] = {"content": "清扫楼道", "hours": Decimal("1.5")}
    volunteering.serve(session, people[0], None, {"on": date(NOW, 2, 8), **cleaned}, TODAY)
    volunteering.serve(session, people[1], None, {"on": date(BEFORE, 2, 8), **cleaned, "hours": Decimal(2)}, TODAY)
    for many, pairing_id in ((12, village), (1, None)):
        swept = {"on": date(NOW, 2, 9), "content": "清雪", "hours": Decimal(2)}
        volunteering.serve(session, None, branch, swept | {"people": many, "pairing_id": pairing_id}, TODAY)
    for who, year in zip(people, (BEFORE, NOW, NOW), strict=True):
        volunteering.register(session, who, {"community": "和平社区", "registered_on": date(year, 1, 9)}, TODAY)


def test_every_measure_of_care_is_counted_here() -> None:
    fixed = {measure.key for measure in OTHERS if measure.group in OF_CARE}
    assert fixed <= {key for key, _, _ in FIGURES}


@pytest.mark.parametrize(("key", "now", "before"), FIGURES, ids=[key for key, _, _ in FIGURES])
def test_a_measure_is_what_was_counted_by_hand_and_leads_to_its_records(
    cared: Database, key: str, now: Any, before: Any
) -> None:
    view = View(TODAY, Period.of_year(NOW))
    with cared.reading() as session:
        (row,) = [row for row in sheet(session, CARE_STATISTICS, view).rows if row.key == key]
        assert (row.now, row.before) == (now, before)
        found = counted(session, view, key, "now")
        assert found.figure == now
        places = {each.id for each in named(LEDGERS[found.sheet.rows[0].source][0]).rows(session, view)}
    assert {each.id for each in found.sheet.rows if each.on.year == NOW} <= places


def test_months_count_what_stands_at_their_end_and_nothing_of_months_to_come(cared: Database) -> None:
    with cared.reading() as session:
        rows = sheet(session, LIFE_STATISTICS_MONTHS, View(TODAY, Period.of_year(NOW))).rows
    standing = next(row for row in rows if row.key == "cases_standing")
    assert [standing.figures[f"m{month}"] for month in range(1, 13)] == [2, 3, *[2] * 9, None]
    assert standing.all == 2


def test_care_counts_the_same_alone_and_among_all_of_organisation_life(cared: Database) -> None:
    view = View(TODAY, Period.of_year(NOW))
    with cared.reading() as session:
        alone, among = (sheet(session, each, view).rows for each in (CARE_STATISTICS, LIFE_STATISTICS))
    assert list(alone) == [row for row in among if row.group in OF_CARE]
    assert alone


def test_several_years_say_how_many_there_were_at_the_end_of_each(cared: Database) -> None:
    with cared.reading() as session:
        rows = sheet(session, CARE_STATISTICS, View(TODAY, Period.parse("2025..2026"))).rows
    found = {row.key: (row.y2025, row.y2026, row.all) for row in rows}
    assert found["pairings_running"] == (2, 2, 2)
    assert found["cases_entered"] == (1, 2, 3)


def test_no_record_of_a_gift_a_case_or_a_visit_says_whose_it_is(cared: Database) -> None:
    view = View(TODAY, Period.of_year(NOW))
    with cared.reading() as session:
        for key in ("cases_entered", "cases_standing", "gifts", "visits", "helped"):
            told = str([row.name for row in counted(session, view, key, "now").sheet.rows])
            assert not any(name in told for name in ("甲乙", "甲丙", "甲丁", "某户", "某生"))


def test_an_application_that_came_to_nothing_leaves_no_list(cared: Database) -> None:
    view = View(TODAY, Period.of_year(NOW))
    with cared.reading() as session:
        shown = sheet(session, CARE_CHANGES, view)
    assert [(row.name, row.kind) for row in shown.rows] == [("甲丙", "纳入"), ("某户4", "纳入"), ("甲乙", "退出")]
    assert shown.note == "帮扶对象（党员、群众和户）期初 1 个 + 纳入 2 个 − 退出 1 个 = 期末 2 个。"
