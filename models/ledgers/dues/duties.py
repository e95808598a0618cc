"""What a month asks of the secretary about dues, and how far each of it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.kinds import MONEY, Tone
from models.ledger import View
from models.ledgers.dues.owed import ZERO
from models.ledgers.dues.progress import DuesSums, HandingUp
from models.ledgers.phrases import listed, short
from models.records.dues.months import DuesMonth
from models.records.members.members import Member
from models.settings import Settings

Mark = tuple[str, Tone]
DONE: Mark = ("已完成", "good")
NOT_YET: Mark = ("未到期", "quiet")


@dataclass(frozen=True)
class Duty:
    """Something to be done this month: what is asked, how far it is, its state.

    `key` says where it is done, `target` what of that place is meant.
    """

    key: str
    name: str
    need: str
    progress: str
    mark: Mark
    target: Any = None


def duties(
    chosen: Settings,
    view: View,
    opened: DuesMonth | None,
    day: date,
    state: HandingUp | None,
    sums: DuesSums,
    unassessed: Sequence[tuple[Member, str]],
    members: int,
    carried: int,
) -> Iterator[Duty]:
    """What this month asks, in the order in which it is done; `day` is the collection day.

    Of the `members` on the roster `carried` are not assessed for the year that has begun, and pay as in the last.
    """
    today = view.today
    if unassessed:
        yield Duty(
            "assess", "党费核定", "每年一次", f"{listed([m.name for m, _ in unassessed])}还没有核定", ("待核定", "bad")
        )
    elif carried:
        still = f"{view.month.year}年还有 {carried} 人没有核定，沿用上一年"
        yield Duty("assess", "党费核定", "每年一次", still, ("待核定", "warn"))
    elif members:
        yield Duty("assess", "党费核定", "每年一次", "在册党员都已核定", DONE)
    else:
        yield Duty("assess", "党费核定", "每年一次", "名册里还没有党员", NOT_YET)
    if opened is None or state is None:
        yield Duty("collect", "开账", "每月收缴前", "还没有开账", ("待开账", "warn"))
        for key, name, need in (
            ("collect", "收缴党费", f"每月 {day.day} 日"),
            ("remit", "上缴党费", "收缴以后"),
            ("voucher", "上缴凭证", "每次上缴"),
            ("close", "结账", "三项记录一致"),
            ("notice", "公示", "每月"),
        ):
            yield Duty(key, name, need, "开账以后", NOT_YET)
        return
    yield Duty("collect", "开账", "每月收缴前", f"{short(opened.opened_on)}已开账，应交 {sums.people} 人", DONE)
    yield _collecting(sums, day, today)
    yield _handing_up(state)
    yield _vouching(state)
    yield _closing(state)
    yield Duty("notice", "公示", "每月", f"公示 {chosen.notice_days} 天，不公布金额", ("可打印", "quiet"))


def _collecting(sums: DuesSums, day: date, today: date) -> Duty:
    paid = sums.people - sums.unpaid
    progress = f"已收 {paid} / {sums.people} 人"
    late = (today - day).days
    mark: Mark
    if not sums.unpaid:
        mark = DONE
    elif late > 0:
        mark = (f"已逾期 {late} 天", "bad")
    elif late == 0:
        mark = ("今天", "warn")
    else:
        mark = ("正在收缴", "warn") if paid else NOT_YET
    return Duty("collect", "收缴党费", f"{day.month}月{day.day}日", progress, mark)


def _handing_up(state: HandingUp) -> Duty:
    if state.to_hand_up and state.can_wait:
        last = state.together.last.number
        progress = f"待上缴 {MONEY.show(state.to_hand_up)} 元，{last} 月一并上缴"
        return Duty("remit", "上缴党费", state.together.chinese, progress, (f"{last} 月上缴", "quiet"))
    if state.to_hand_up:
        progress = f"待上缴 {MONEY.show(state.to_hand_up)} 元"
        return Duty("remit", "上缴党费", "收缴以后", progress, ("待上缴", "warn"))
    handed = state.agreement.remitted
    progress = f"已上缴 {MONEY.show(handed)} 元" if handed else "还没有收到党费"
    return Duty("remit", "上缴党费", "收缴以后", progress, DONE if handed else NOT_YET)


def _vouching(state: HandingUp) -> Duty:
    missing = sum((each.missing for each in state.unvouched), ZERO)
    if missing:
        return Duty("voucher", "上缴凭证", "每次上缴", f"还差凭证 {MONEY.show(missing)} 元", ("缺凭证", "warn"))
    proved = state.agreement.vouched
    progress = f"凭证 {MONEY.show(proved)} 元" if proved else "上缴以后"
    return Duty("voucher", "上缴凭证", "每次上缴", progress, DONE if proved else NOT_YET)


def _closing(state: HandingUp) -> Duty:
    agreed = state.agreement
    if agreed.closed_on is not None:
        return Duty("close", "结账", "三项记录一致", f"{short(agreed.closed_on)}已结账", DONE)
    if agreed.agrees and agreed.registered:
        return Duty("close", "结账", "三项记录一致", "登记、上缴、凭证一致", ("待结账", "warn"))
    return Duty("close", "结账", "三项记录一致", "上缴并登记凭证以后", NOT_YET)
