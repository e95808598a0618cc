"""The forms of the sources of funds: what came in, and the list of sources itself."""

from collections.abc import Sequence
from typing import Any

from gui.care.round_handing import WHEN, WHY
from gui.ledgers.record_forms import ask
from gui.page import Page
from models.errors import UserError
from models.kinds import CODE, DAY, MONEY, TEXT, Choice
from models.ledger import Column
from models.ledgers.care.sources import IN_USE, SOURCE_SORT, SourceRow
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import sources as care_sources
from models.records.care.funds import OTHER

Values = dict[str, Any]
_SOURCE = (
    Column("name", "来源名称", TEXT, 18, required=True),
    Column("sort", "种类（汇总时归入）", SOURCE_SORT, 12, required=True),
    Column("remark", "备注", TEXT, 20),
)


def ask_for_income(page: Page, fund: str | None = None) -> None:
    """Money that came into a source."""
    with page.workspace.reading() as session:
        names = tuple(name for name in care_funds.names(session) if name != care_funds.DUES)
    columns = (
        Column("fund", "资金来源", Choice(names, open=True), 12, required=True),
        Column("on", "到账日期", DAY, 11, required=True),
        Column("amount", "金额", MONEY, 12, required=True),
        Column("document", "文号或凭证", CODE, 16),
        Column("remark", "备注", TEXT, 16),
    )
    today = page.workspace.view.today

    def save(values: Values) -> None:
        with page.workspace.writing("登记帮扶资金到账") as session:
            care_funds.receive(session, values, today)
        page.say("资金到账已登记。")

    ask(page, "登记资金到账", columns, {"fund": fund, "on": today}, save)


def reverse_income(page: Page, rows: Sequence[Any]) -> None:
    """Cancels money that came in, with the reason."""
    row = rows[0]
    if row.id is None or not row.standing:
        raise UserError("请选一笔没有冲销过的到账记录。")

    def save(values: Values) -> None:
        with page.workspace.writing("冲销帮扶资金到账") as session:
            care_handing.reverse_entry(session, row.id, values["reason"], values["on"])
        page.say("已冲销，原记录保留。")

    ask(page, "冲销到账", (WHY, WHEN), {"on": page.workspace.view.today}, save, who=f"{row.fund}　{row.on}")


def ask_for_source(page: Page) -> None:
    """A further source of funds."""

    def save(values: Values) -> None:
        with page.workspace.writing("新增资金来源") as session:
            care_sources.add(session, values)
        page.say(f"已新增来源“{values['name']}”。")

    ask(page, "新增资金来源", _SOURCE, {"sort": OTHER}, save)


def ask_to_rename(page: Page, row: SourceRow) -> None:
    """Another name for a source, in all its records."""
    if row.name == care_funds.DUES:
        raise UserError("“党费”与党费收支台账相连，不能改名。")

    def save(values: Values) -> None:
        with page.workspace.writing(f"修改资金来源“{row.name}”") as session:
            care_sources.change(session, care_funds.fund_named(session, row.name).id, values)
        page.say(f"“{row.name}”已改为“{values['name']}”，以前的记录也跟着改了。")

    ask(page, "修改资金来源", _SOURCE, {"name": row.name, "sort": row.sort, "remark": row.remark}, save)


def stop_or_resume(page: Page, rows: Sequence[SourceRow]) -> None:
    """Stops a source that is used, lets one that was stopped be used again."""
    row = rows[0]
    stops = row.state == IN_USE
    with page.workspace.writing(f"{'停用' if stops else '恢复'}资金来源“{row.name}”") as session:
        number = care_funds.fund_named(session, row.name).id
        if stops:
            care_sources.stop(session, number, page.workspace.view.today)
        else:
            care_sources.resume(session, number)
    left = f"它还有结余 {row.left:,.2f} 元。" if stops and row.left else ""
    page.say(f"“{row.name}”已停用，以前的记录都还在；{left}" if stops else f"“{row.name}”已恢复使用。")


def remove_source(page: Page, row: SourceRow) -> None:
    """Removes a source that was never used."""
    with page.workspace.writing(f"删除资金来源“{row.name}”") as session:
        care_sources.remove(session, care_funds.fund_named(session, row.name).id)
    page.say("已删除；按 Ctrl+Z 撤销。")
