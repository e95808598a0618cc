"""Ten years of care on the screen, from an encrypted file: each page beside the driver's bare reading."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import care_decade
from benchmarks.case import Case
from benchmarks.life import MOST, Desk, bare, desk_over, ledger, read_anew
from models.rules.periods import Period

_YEAR, _TEN_YEARS = Period.parse("2026"), Period.parse("2017..2026")


def desk(folder: Path) -> Desk:
    """The window as it stands in the middle of a day: every view of care was open before."""
    return desk_over(care_decade.copied_to(folder), "care", ("cases", "rounds", ("ledgers", "care_statistics")))


def at(target: Any) -> Callable[[Path], Desk]:
    """The same with one of the views shown."""

    def prepare(folder: Path) -> Desk:
        made = desk(folder)
        made.window.go("care", target)
        made.settle()
        return made

    return prepare


def open_case(desk: Desk) -> None:
    """Another person: the case, the household, and all that was ever done for them."""
    desk.window.go("care", ("cases", care_decade.CASE))
    desk.settle()


def find(desk: Desk) -> None:
    """The first two letters of a name typed into the filter of the list."""
    desk.view.search.setText("赵岚")
    desk.settle()


def open_round(desk: Desk) -> None:
    """Another of the large rounds with the state of everybody on its list."""
    desk.window.go("care", ("rounds", care_decade.ROUND))
    desk.settle()


_CASES = ("the cases fetched by the driver", bare("SELECT * FROM care_cases"))
_PERSON = ("their gifts by the driver", bare(f"SELECT * FROM care_gifts WHERE member_id = {care_decade.CASE}"))
_LIST = ("its list fetched by the driver", bare(f"SELECT * FROM care_gifts WHERE round_id = {care_decade.ROUND}"))
_SUMS = "SELECT round_id, sum(amount) FROM care_gifts JOIN care_handouts h ON h.gift_id = care_gifts.id {} GROUP BY 1"
_OF_YEAR = ("the year's sums by the driver", bare(_SUMS.format("WHERE h.\"on\" >= '2026-01-01'")))
_OF_ALL = ("all sums by the driver", bare(_SUMS.format("")))


def _case(
    title: str,
    prepare: Callable[[Path], Desk],
    ours: Callable[[Desk], None],
    floor: tuple[str, Callable[[Desk], object]],
) -> Case:
    return Case(f"ten years of care: {title}", floor[0], prepare, ours, floor[1], most=MOST)


CASES = (
    _case("the list of 5,000 cases", at("cases"), read_anew, _CASES),
    _case("a name looked for in it", at("cases"), find, _CASES),
    _case("a person with everything done for them", at("cases"), open_case, _PERSON),
    _case("a round of 1,667 people", at("rounds"), open_round, _LIST),
    _case("the gifts of a year (F42)", at("ledgers"), ledger("care_gifts", _YEAR), _OF_YEAR),
    _case("the totals of ten years (F43)", at("ledgers"), ledger("care_totals", _TEN_YEARS), _OF_ALL),
    _case("the cases of members (F40)", at("ledgers"), ledger("care_cases", _YEAR), _CASES),
    _case("the cases of households (F40)", at("ledgers"), ledger("care_households", _YEAR), _CASES),
    _case("the reviews that are due", at("ledgers"), ledger("care_reviews", _YEAR), _CASES),
    _case("counts of a year", at("ledgers"), ledger("care_statistics", _YEAR), _OF_YEAR),
    _case("counts of all ten years", at("ledgers"), ledger("care_statistics", _TEN_YEARS), _OF_ALL),
)
