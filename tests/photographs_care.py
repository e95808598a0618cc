"""What is photographed of care: who is looked after, the festival rounds, every chapter of its ledgers, their forms."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from PySide6.QtTest import QTest

from gui.care.chapters import CHAPTERS
from gui.care.page import VIEWS
from models.ledgers.care.gift_rows import HANDED
from models.ledgers.care.round_page import candidates
from models.records.care import rounds as care_rounds
from models.records.care.rounds import Chosen
from models.rules import care
from tests.photographs_life import chapter_shots, with_a_row
from tests.shots import Deed, LackingError, Shot, choose, on, press, show, view

_CASES, _ROUNDS, _LEDGERS = (each.name for each in VIEWS)


def _case(state: str, sort: str = "") -> Deed:
    """Shows the first case in this state, with `sort` of this kind."""

    def deed(page: Any) -> None:
        page.show_target((_CASES, 0))
        found = [each for each in page.view.list.entries() if each.state == state and each.sort.startswith(sort)]
        if not found:
            raise LackingError(f"no case is {state}")
        page.show_target((_CASES, found[0].id))

    return deed


def _with_a_case(state: str, words: str, sort: str = "") -> Deed:
    def deed(page: Any) -> None:
        _case(state, sort)(page)
        QTest.qWait(50)
        press(words)(page)

    return deed


def _closed_round(page: Any) -> None:
    """Shows the latest round that is closed."""
    page.show_target(_ROUNDS)
    for place in range(page.view.rounds.count()):
        page.show_target((_ROUNDS, page.view.rounds.itemData(place)))
        if page.view.shown.closed_on is not None:
            return
    raise LackingError("no round is closed")


def _in_the_closed_round(words: str) -> Deed:
    def deed(page: Any) -> None:
        _closed_round(page)
        QTest.qWait(50)
        press(words)(page)

    return deed


def _begun(page: Any) -> None:
    """A round of its own, with nobody on its list."""
    page.show_target(_ROUNDS)
    year = 2025 + page.view.rounds.count()  # after the two of the sample, and those of sizes photographed before
    with page.workspace.writing("新建一次慰问") as session:
        begun = care_rounds.begin(session, {"festival": "春节", "year": year, "budget": Decimal(5000)})
        number = begun.id
    page.show_target((_ROUNDS, number))


def _chosen(page: Any) -> None:
    """Everybody who is offered as old or in hardship, with nothing settled."""
    number = page.view.shown.id
    with page.workspace.writing("选入慰问名单") as session:
        for each in candidates(session, number):
            if each.category in ("困难党员", "老党员"):
                who = Chosen(each.name, each.category, each.member_id, each.case_id, each.branch_id)
                care_rounds.choose(session, number, who)


def _settled(page: Any) -> None:
    """The same money and goods for everybody on the list."""
    goods = {"goods": "大米", "quantity": Decimal(2), "unit": "袋", "goods_source": "工会"}
    parts = [("上级下拨", Decimal(300)), ("工会", Decimal(200))]
    with page.workspace.writing("设定慰问金和慰问品") as session:
        for each in page.view.shown.rows:
            care_rounds.settle(session, each.id, goods, parts)


def _handed(page: Any) -> None:
    """The first two on the list have got theirs."""
    for _ in range(2):
        page.view.hand_out()


def _everybody(words: str) -> Deed:
    def deed(page: Any) -> None:
        page.view.table.table.selectAll()
        press(words)(page)

    return deed


def _first(words: str) -> Deed:
    def deed(page: Any) -> None:
        page.view.table.select(lambda each: each.state == HANDED)
        QTest.qWait(50)
        press(words)(page)

    return deed


def _of_some(chapter: str, words: str, wanted: Callable[[Any], bool]) -> Deed:
    return with_a_row((_LEDGERS, chapter), words, wanted)


_STATES = ("已评议", "公示中", care.ON_RECORD, care.LEFT)  # that the sample has
_STEPS = (
    ("已评议", "公示"), ("公示中", "上级审核"),
    (care.ON_RECORD, "调整"), (care.ON_RECORD, "退出"),
)  # fmt: skip
_CASE_SHOTS = (
    *(view(f"case-{number}", _case(state)) for number, state in enumerate(_STATES, 1)),
    Shot("case-new", on(_CASES, "党员申请")),
    Shot("case-house", on(_CASES, "群众申请")),
    *(Shot(f"step-{number}", _with_a_case(*step)) for number, step in enumerate(_STEPS, 1)),
    *(
        Shot(f"case-{name}", _with_a_case(care.ON_RECORD, words))
        for name, words in (
            ("change", "修改"),
            ("paper", "申请审批表"),
            ("relative", "家庭成员"),
            ("income", "家庭收入"),
            ("reduction", "申请党费减免"),
        )
    ),
    Shot("case-erase", _with_a_case(care.LEFT, "彻底删除")),
)
_ROUND_SHOTS = (
    view("round-closed", _closed_round),
    Shot("round-new", _in_the_closed_round("新建一次")),
    Shot("round-reopen", _in_the_closed_round("重新打开")),
    Shot("round-sheet", _in_the_closed_round("签领表"), (Shot("plain", choose("签领表")),)),
    Shot("round-private", _in_the_closed_round("签领表"), (Shot("asked", choose("带证号")),)),
    Shot("round-more", _in_the_closed_round("更多"), (Shot("bank", choose("导出银行代发名单")),)),
)
_OPEN_ROUND = (
    view("round-empty", _begun),
    Shot("round-change", press("更多"), (Shot("form", choose("修改这次慰问")),)),
    Shot("round-people", press("选人")),
    Shot("round-one", press("另加一人")),
    view("round-chosen", _chosen),
    Shot("round-settle", _everybody("金额、物品")),
    view("round-open", _settled),
    Shot("round-proxy", press("代领")),
    view("round-handed", _handed),
    Shot("round-reverse", _first("冲销发放")),
    Shot("round-voucher", press("登记凭证")),
    Shot("round-income", press("登记到账")),
)

_OF_SOME = (
    Shot("source-name", _of_some("care_sources", "改名", lambda row: row.name == "工会")),
    Shot("service-mark", on((_LEDGERS, "care_service_hours"), "全年小时")),
    Shot("service-card", _of_some("care_service_hours", "服务记录卡", lambda row: row.times > 0)),
    Shot("task-close", _of_some("care_pairing_tasks", "销号", lambda row: row.state == "办理中")),
    Shot("visit-done", _of_some("care_visits", "办结后续", lambda row: row.state == "快到期")),
    Shot("visit-sheet", _of_some("care_visits", "记录表", lambda row: row.state == "快到期")),
    Shot("concern-close", _of_some("care_concerns", "销号", lambda row: row.state == "办理中")),
)

CARE = (
    *(view(each.name, show(each.name)) for each in VIEWS),
    *_CASE_SHOTS,
    *_ROUND_SHOTS,
    *(shot for chapter in CHAPTERS for shot in chapter_shots(_LEDGERS, chapter)),
    *_OF_SOME,
    Shot("charts-statistics", on((_LEDGERS, "care_statistics"), "图表")),
    Shot("charts-totals", on((_LEDGERS, "care_totals"), "图表")),
    Shot("charts-changes", on((_LEDGERS, "care_changes"), "图表")),
)
CARE_CHANGING = tuple(("care", shot) for shot in _OPEN_ROUND)
"""A round from its beginning, which changes the file."""
