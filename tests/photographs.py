"""What is photographed on each page: every ledger of it, every dialog, pressed by the words on its buttons."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from gui.dues.page import DUES
from gui.members.branch_chapters import CHAPTERS
from gui.settings.page import SECTIONS
from models.records.members import members
from tests.photographs_care import CARE, CARE_CHANGING
from tests.photographs_life import LIFE
from tests.shots import Deed, Shot, choose, on, press, show, view


def _aim(letters: str) -> Deed:
    return lambda page: QTest.keyClicks(page.bar.entry, letters)


def _aimed(letters: str, name: str) -> Deed:
    """One of the page's own actions after letters were typed into its line of entry."""

    def deed(page: Any) -> None:
        _aim(letters)(page)
        getattr(page, name)()

    return deed


def _more(words: str) -> tuple[Shot, ...]:
    return (Shot("chosen", choose(words)),)


def _enrolled_twice(page: Any) -> None:
    """Enters somebody a second time, so that there is something to join."""
    with page.workspace.writing("新增党员") as session:
        known = members.find(session, "林小满")
        member_id = known.id
        place = {"branch": "第一党支部", "birth_date": known.birth_date, "phone": "10000009999"}
        members.add(session, {"name": known.name, **place})
    page.show_target(member_id)
    press("更多")(page)


def _with_who_left(page: Any) -> None:
    """Shows somebody who left, and what else can be done."""
    with page.workspace.reading() as session:
        page.show_target(members.find(session, "何志远").id)
    press("更多")(page)


def _changed_post(dialog: Any) -> None:
    dialog.fields["party_post"].type_text("纪检委员")
    press("保存")(dialog)


def _roster(dialog: Any) -> None:
    """A roster with somebody new, a post that changed, and a number that a spreadsheet has spoilt."""
    with dialog.page.workspace.reading() as session:
        born = members.find(session, "刘洋").birth_date
    lines = ("姓名,性别,出生日期,公民身份号码,所在党支部,党内职务,联系方式",
             "章小禾,女,1996-03-12,,第一党支部,党员,10000008001", f"刘洋,,{born},,第一党支部,纪检委员,",
             "白晨,男,,1.10101E+17,第二党支部,党员,")  # fmt: skip
    with TemporaryDirectory() as folder:
        path = Path(folder) / "第一季度名册.csv"
        path.write_text("\n".join(lines), encoding="utf-8-sig")
        dialog.read(path)
        while dialog.task is not None:
            QTest.qWait(20)


def _sent(page: Any) -> None:
    page.show_target("sendings")
    page.table.select(lambda _row: True)
    page.table.opened.emit(page.table.current_row())


def _adjusting(menu: QMenu) -> None:
    choose("调整表样")(menu)
    QTest.qWait(1500)  # the page beside the columns is drawn when nobody has typed for a while


_IMPORT = (Shot("columns", _roster), Shot("preview", press("预览")))
_BRANCH_FORMS = (
    ("members_committee", "新增委员"), ("members_terms", "新一届"), ("members_birthdays", "登记活动"),
    ("members_secondments", "登记抽调"), ("members_retirements", "登记荣退"), ("members_course", "补记过去"),
    ("members_organisation", "填写"),
)  # fmt: skip
_DUES_DEEDS = (
    ("dues_register", "冲销"), ("dues_assessments", "修改这一条"), ("dues_worksheets", "填工资项目"),
    ("dues_reductions", "修改、填批准"), ("dues_reductions", "打印审批表"), ("dues_arrangements", "修改、终止"),
    ("dues_payments", "冲销"), ("dues_arrears", "记录催交、谈话"), ("dues_arrears", "认可原因"),
    ("dues_arrears", "打印情况说明"), ("dues_remittances", "预览上缴单"), ("dues_summary", "登记上缴"),
    ("dues_large", "填写情况"), ("dues_large", "打印情况说明"), ("dues_cash", "登记交接"),
    ("dues_cash_book", "记收入"), ("dues_cash_book", "记支出"), ("dues_spending", "新增申请"),
    ("dues_spending", "打印审批表"), ("dues_slips", "打印这一张"),
)  # fmt: skip
_ROUND = (Shot("category", press("选类别")),)
_FORM = (
    Shot("adjust", _adjusting),
    Shot("column", press("增加列")),
)

SHOTS: dict[str, tuple[Shot, ...]] = {
    "members": (
        Shot("columns", press("选择列")),
        Shot("new", press("新党员")),
        Shot("change", press("修改"), (Shot("turn", _changed_post),)),
        Shot("leave", press("转出、离开")),
        Shot("more", press("更多"), _more("抽调专班")),
        Shot("more-retired", press("更多"), _more("荣退")),
        Shot("more-past", press("更多"), _more("补记过去的任职")),
        Shot("more-card", press("更多"), _more("打印采集表")),
        Shot("erase", _with_who_left, _more("彻底删除")),
        Shot("import", press("导入"), _IMPORT),
        Shot("imports", press("导入"), (Shot("history", press("以前的导入")),)),
        Shot("print", press("打印花名册")),
    ),
    "branch": (
        *(view(chapter.name, show(chapter.name)) for chapter in CHAPTERS),
        *(Shot(f"{name}-form", on(name, words)) for name, words in _BRANCH_FORMS),
        Shot("members_statistics-charts", on("members_statistics", "图表")),
        Shot("members_organisation-print", on("members_organisation", "预览打印")),
    ),
    "collect": (
        view("typed", _aim("gwb")),
        view("amount", _aim("50gwb")),
        Shot("months", _aimed("gwb", "choose_months")),
        Shot("large", _aimed("2000gwb", "choose_months")),
        Shot("assess", _aimed("gwb", "assess")),
        Shot("note", _aimed("gwb", "note")),
        Shot("reverse", _aimed("zhw", "reverse")),
        Shot("all", press("全部按应交收缴")),
        Shot("closing", press("结账"), (Shot("remittance", press("登记上缴")),)),
        Shot("slips", press("打印内部凭条")),
        Shot("notice", press("公示表")),
    ),
    "dues": (
        *(view(ledger.name, show(ledger.name)) for ledger in DUES),
        *(Shot(f"{name}-{number}", on(name, words)) for number, (name, words) in enumerate(_DUES_DEEDS, 1)),
        Shot("round", on("dues_assessments", "年度核定"), _ROUND),
        Shot("form", on("dues_register", "表样"), _FORM),
        Shot("charts", on("dues_register", "图表")),
        Shot("charts-arrears", on("dues_arrears", "图表")),
    ),
    "life": LIFE,
    "care": CARE,
    "ledgers": (
        Shot("export", on("members_roster", "导出"), (Shot("password", choose("加密的 Excel")),)),
        Shot("send", press("上报"), (Shot("sending", choose("Excel 上报")),)),
        Shot("sent", _sent),
    ),
    "settings": (
        *(view(f"{number}", show(name)) for number, name in enumerate(SECTIONS, 1)),
        Shot("facts", on("支部与组织", "修改")),
        Shot("branch", on("支部与组织", "添加支部")),
        Shot("rules", on("党费规则", "从某个月起用新标准")),
        Shot("items", on("党费规则", "修改工资项目")),
        Shot("holiday", on("节假日", "添加")),
        Shot("kind", on("活动种类", "新增种类")),
        Shot("phrase", on("常用语和模板", "修改")),
    ),
}
"""The pictures of a page beside the page itself, by the name of its entry."""

CHANGING = (
    *CARE_CHANGING,
    ("members", Shot("merge", _enrolled_twice, (Shot("whom", choose("合并重复登记")), Shot("plan", press("下一步"))))),
)
"""What changes the file for the sake of its picture, and so comes last."""


MANUAL_WIDTH = 670  # pixels: what the manual shows without a bar to scroll
_WHOLE = QRect(168, 48, 1198, 690)
_HEAD = QRect(168, 48, 900, 330)
FOR_THE_MANUAL: dict[str, tuple[str, QRect | None]] = {
    "today": ("today", QRect(168, 48, 710, 500)),
    "members-change-turn": ("turn", None),
    "members-merge-plan": ("merge", None),
    "members-import-columns": ("import-columns", None),
    "members-import-preview": ("import-preview", None),
    "branch-members_committee": ("branch", _HEAD),
    "collect-typed": ("collect", _HEAD),
    "collect-large": ("months", None),
    "collect-closing": ("closing", None),
    "dues-dues_register": ("register", QRect(466, 48, 900, 420)),
    "dues-dues_arrears": ("arrears", _HEAD),
    "dues-dues_cash_book": ("cash-book", _HEAD),
    "dues-round": ("round", None),
    "dues-dues_worksheets-3": ("worksheet", None),
    "dues-form-adjust": ("form", None),
    "dues-charts": ("charts", None),
    "life-year": ("life-year", _WHOLE),
    "life-recording": ("minutes", _WHOLE),
    "care-case-3": ("care-case", _WHOLE),
    "care-round-handed": ("care-round", _WHOLE),
    "care-care_donations": ("care-donations", QRect(466, 48, 900, 420)),
    "care-care_pairing_tasks": ("care-tasks", QRect(466, 48, 900, 330)),
    "care-charts-totals": ("care-charts", None),
    "ledgers-send-sending": ("sending", None),
}
"""The pictures that stand in the manual: the name there, and the part of the window; the topmost dialog without one."""
