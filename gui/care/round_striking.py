"""Taking people off the list of a round before anything is handed out to them, with the reason."""

from collections.abc import Sequence

from gui.ledgers.record_forms import Values, ask
from gui.page import Page
from models.kinds import Choice
from models.ledger import Column
from models.ledgers.care.gift_rows import GiftRow
from models.records.care import rounds as care_rounds

_WHY = Choice(("选错了", "已去世", "已转出", "已退出帮扶", "本人不要"), open=True)


def ask_to_strike(page: Page, chosen: Sequence[GiftRow]) -> None:
    """Asks why those chosen are taken off; what happened to all of them since is proposed."""
    names = "、".join(each.name for each in chosen) if len(chosen) < 4 else f"选中的 {len(chosen)} 人"
    happened = {each.gone.partition("（")[0] for each in chosen}
    known = next(iter(happened)) if len(happened) == 1 else ""

    def strike(values: Values) -> None:
        with page.workspace.writing(f"移出慰问名单（{values['reason']}）") as session:
            for each in chosen:
                care_rounds.strike(session, each.id)
        page.say(f"已移出 {len(chosen)} 人（{values['reason']}）；按 Ctrl+Z 撤销。")

    column = Column("reason", "移出原因", _WHY, 18, required=True)
    ask(page, "移出名单", (column,), {"reason": known or _WHY.options[0]}, strike, who=names)
