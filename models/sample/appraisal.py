"""The invented branches' appraisals of last year, and what goes with them: polls, reports, honours and points."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.life import appraisals, duty_reviews, honours, points, polls
from models.records.life.appraisals import VOTES, Appraisal, AppraisalResult
from models.records.members import organisation
from models.records.members.members import Member
from models.rules.appraisal import OUTSTANDING, PASSED, UNGRADED
from models.rules.periods import PartialDate

_SECRETARIES = ("张红卫", "蒋玥", "戚琰")
_BEST = {
    "第一党支部": ("张红卫", "周丽萍", "吴国强", "欧阳澍"),
    "第二党支部": ("蒋玥", "韩翊", "许溪筠", "孔霁", "陶煜"),
    "第三党支部": ("戚琰", "苏湉", "彭祺", "诸葛绮"),
}
_ABSENT = {"钱永年": "长期住院，未参加评议"}
_OPINIONS = (
    "政治立场坚定，理论学习自觉，本职工作扎实，能主动联系服务群众。",
    "按时参加组织生活，完成支部分工，工作认真负责，学习还可以再深入一些。",
    "遵守纪律，团结同志，承担急难任务不推诿，希望多向支部提意见建议。",
    "能够履行党员义务，岗位业绩较好，联系服务对象还不够经常。",
)
_BEST_OPINION = "党性强、作风正，在重点工作中冲在前面，群众评价好，发挥了先锋模范作用。"
_COMMITTEE, _ABOVE = "示例局机关党委", "示例市直机关工委"
# Who, what, level, from whom, document, years back and day of the year.
_HONOURS: tuple[tuple[str, str, str, str, str, int, tuple[int, int]], ...] = (
    ("张红卫", "优秀党务工作者", "机关党委级", _COMMITTEE, "示机党〔{year}〕18号", 1, (6, 28)),
    ("吴国强", "优秀共产党员", "机关党委级", _COMMITTEE, "示机党〔{year}〕18号", 1, (6, 28)),
    ("第一党支部", "先进党支部", "机关党委级", _COMMITTEE, "示机党〔{year}〕18号", 1, (6, 28)),
    ("韩翊", "先锋党员", "党总支级", "示例局机关党总支", "示机总〔{year}〕5号", 1, (12, 20)),
    ("欧阳澍", "优秀共产党员", "地市级", _ABOVE, "示直工〔{year}〕9号", 0, (6, 30)),
    ("第二党支部", "标杆支部", "地市级", _ABOVE, "示直工〔{year}〕9号", 0, (6, 30)),
    ("苏湉", "嘉奖", "县处级", "示例局", "示局人〔{year}〕6号", 0, (3, 12)),
)
_EVENTS: tuple[tuple[str, str, tuple[int, int], str], ...] = (
    ("吴国强", "3", (6, 28), "获机关党委“优秀共产党员”"),
    ("张红卫", "3", (6, 28), "获机关党委“优秀党务工作者”"),
    ("欧阳澍", "2", (8, 15), "防汛值守连续七天"),
    ("冯昱", "2", (9, 20), "牵头老旧小区改造党员突击队"),
    ("刘洋", "-1", (10, 16), "无故缺席主题党日一次"),
    ("韩翊", "2", (11, 5), "微党课在机关党委评比中获奖"),
)


def add(session: Session, today: date) -> None:
    """Enters it all through the program's own actions, for the year before that of `today`."""
    ids = {member.name: member.id for member in session.scalars(select(Member))}
    last = today.year - 1
    for branch in organisation.branches(session):
        _appraise(session, branch.id, branch.name, last, today)
    _poll(session, today)
    _report(session, last, today)
    _honour(session, ids, today)
    _sanction(session, ids, last, today)
    _score(session, ids, last, today)


def _appraise(session: Session, branch_id: int, name: str, year: int, today: date) -> None:
    """The appraisal of a branch in the January after the year, at the recorded meeting where there is one."""
    found = [each for each in appraisals.meetings(session, date(today.year, 1, 1)) if each.branch_id == branch_id]
    given: dict[str, Any] = {"held_on": min(date(today.year, 1, 16), today)}
    if found:
        given = {"activity_id": found[-1].id, "held_on": found[-1].held_on}
    begun = appraisals.begin(session, branch_id, year, given, today)
    assert begun.due is not None
    attended = begun.attended if begun.attended is not None else begun.due - 1
    valid = attended - (name == "第二党支部")  # one paper with two ticks in a line
    heads = {"attended": attended, "issued": attended, "returned": attended, "valid": valid}
    appraisals.change(session, begun.id, heads, today)
    pick = Random(f"{name}{year}")
    people = {member.id: member.name for member in session.scalars(select(Member))}
    for row in appraisals.results(session, begun.id):
        appraisals.note(session, row.id, _result(pick, begun, row, people[row.member_id], name))


def _result(pick: Random, begun: Appraisal, row: AppraisalResult, who: str, branch: str) -> dict[str, Any]:
    """The votes for one member, and what the committee made of them."""
    assert begun.valid is not None
    if row.probationary:
        return {"opinion": "预备期内表现较好，能积极参加支部活动。"}
    best = who in _BEST[branch]
    high = pick.randint(begun.valid * 3 // 5, begun.valid - 1) if best else pick.randint(0, begun.valid // 4)
    barely = int(not best and pick.random() < 0.2)
    votes = dict(zip(VOTES, (high, begun.valid - high - barely, barely, 0), strict=True))
    if who in _ABSENT:
        return votes | {"grade": UNGRADED, "remark": _ABSENT[who]}
    if best:
        return votes | {"grade": OUTSTANDING, "opinion": _BEST_OPINION, "disposition": "表扬"}
    return votes | {"grade": PASSED, "opinion": pick.choice(_OPINIONS)}


def _poll(session: Session, today: date) -> None:
    root = organisation.root(session)
    polls.add(session, root.id, {
        "title": "年度考核民主测评", "held_on": date(today.year - 1, 12, 24), "eligible": 46, "took_part": 45,
        "counts": "领导班子：优秀 41、良好 4；班子成员：优秀 40、良好 5",
    }, today)  # fmt: skip
    first = organisation.branches(session)[0]
    polls.add(session, first.id, {
        "title": "干部平时考核民主测评", "held_on": min(date(today.year, 4, 10), today), "eligible": 15,
        "took_part": 15, "counts": "好 12、较好 3",
    }, today)  # fmt: skip


def _report(session: Session, year: int, today: date) -> None:
    """The secretaries' reports before the general branch, and the grades that the committee above gave."""
    held = min(date(today.year, 1, 20), today)
    votes = ((28, 2, 0, 0, "抓三会一课有章法，主题党日结合业务紧。"), (27, 3, 0, 0, "台账规范，建议多到一线听意见。"),
             (24, 5, 1, 0, "支部活力足，整改事项要按期销号。"))  # fmt: skip
    for place, (branch, who) in enumerate(zip(organisation.branches(session), _SECRETARIES, strict=True)):
        good, fair, average, poor, opinion = votes[place]
        duty_reviews.review(session, branch.id, year, who, {
            "held_on": held, "valid": 30, "good": good, "fair": fair, "average": average, "poor": poor,
            "opinion": opinion,
        }, today)  # fmt: skip
        grade = duty_reviews.GRADES[0] if place == 0 else duty_reviews.GRADES[1]
        duty_reviews.grade(
            session, branch.id, year, {"grade": grade, "graded_on": held, "graded_by": _COMMITTEE}, today
        )


def _honour(session: Session, ids: Mapping[str, int], today: date) -> None:
    nodes = {branch.name: branch.id for branch in organisation.branches(session)}
    for who, title, level, giver, document, back, (month, day) in _HONOURS:
        on = date(today.year - back, month, day)
        if on > today:
            continue
        number = document.format(year=on.year)
        given = {
            "title": title,
            "level": level,
            "awarded_by": giver,
            "document_no": number,
            "awarded_on": PartialDate.of(on),
        }
        if who in nodes:
            honours.add_to_organisation(session, nodes[who], given, today)
        else:
            honours.add_to_member(session, ids[who], given, today)


def _sanction(session: Session, ids: Mapping[str, int], year: int, today: date) -> None:
    """One member was spoken to in earnest; he came to every meeting since."""
    honours.add_to_member(session, ids["刘洋"], {
        "title": "批评教育", "level": "组织处理", "awarded_by": "第一党支部委员会",
        "awarded_on": PartialDate(year, 10, 20), "remark": "无故缺席组织生活，本人已作检查",
    }, today, honours.SANCTION)  # fmt: skip


def _score(session: Session, ids: Mapping[str, int], year: int, today: date) -> None:
    """Points of the first branch for the year, and what was added and taken away."""
    pick = Random(year)
    items = points.scheme(session, year)
    first = organisation.branches(session)[0]
    for member in session.scalars(select(Member).where(Member.branch_id == first.id).order_by(Member.id)):
        for item in items:
            points.score(session, member.id, item, _scores(pick, item.standard))
    for who, worth, (month, day), reason in _EVENTS:
        on = date(year, month, day)
        points.add_event(session, ids[who], {"on": on, "points": Decimal(worth), "reason": reason}, today)


def _scores(pick: Random, standard: Decimal) -> Mapping[str, Decimal]:
    """Somewhat less than full marks: members mark themselves as high as any, the branch in half points."""
    lost: Sequence[Decimal] = [Decimal(pick.randint(0, 4)) / 2 for _ in range(2)]
    own = standard - min(lost)
    by_group, by_branch = standard - lost[0], standard - max(lost)
    return {"own": own, "by_group": by_group, "by_branch": by_branch}
