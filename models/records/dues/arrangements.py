"""Arrangements about payment: quarterly with consent, through somebody else, elsewhere while on the move, abroad."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.outcomes import Values
from models.rules import arrangements as rules
from models.rules.arrangements import ARRANGEMENTS, ELSEWHERE, PROXY, QUARTERLY
from models.rules.periods import Month

FIELDS = ("kind", "from_month", "to_month", "agreed_on", "proxy", "place", "remark")


class Arrangement(Record):
    """One arrangement; without `to_month` it counts until a last month is given. `agreed_on` is the branch's consent.

    `proxy` is who brings the money, `place` where the member is or pays.
    """

    __tablename__ = "arrangements"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    kind: Mapped[str]
    from_month: Mapped[Month]
    to_month: Mapped[Month | None]
    agreed_on: Mapped[date | None]
    proxy: Mapped[str | None]
    place: Mapped[str | None]
    remark: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Terms:
    """What an arrangement says about months, outliving the session."""

    kind: str
    first: Month
    last: Month | None
    proxy: str | None

    def covers(self, month: Month) -> bool:
        return self.first <= month and (self.last is None or month <= self.last)


class Arranged:
    """All arrangements of a file (or of one member), read once, for questions about many members and months."""

    def __init__(self, session: Session, member_id: int | None = None) -> None:
        chosen = select(
            Arrangement.member_id, Arrangement.kind, Arrangement.from_month, Arrangement.to_month, Arrangement.proxy
        ).order_by(Arrangement.id)
        if member_id is not None:
            chosen = chosen.where(Arrangement.member_id == member_id)
        found: defaultdict[int, list[Terms]] = defaultdict(list)
        for who, kind, first, last, proxy in session.execute(chosen):
            found[who].append(Terms(kind, first, last, proxy))
        self._of: Mapping[int, Sequence[Terms]] = found

    def waits(self, member_id: int, month: Month, until: Month) -> bool:
        """Whether an unpaid month is no arrears yet when looked at in `until`."""
        return any(rules.waits(e.kind, e.first, e.last, month, until) for e in self._of.get(member_id, ()))

    def elsewhere(self, member_id: int, month: Month) -> bool:
        """Whether the member pays the month where he is, and not here."""
        own = self._of.get(member_id)
        return own is not None and any(rules.pays_elsewhere(e.kind, e.first, e.last, month) for e in own)

    def proxy(self, member_id: int, month: Month) -> str | None:
        """Who brings the member's money in a month, if that was arranged."""
        return next((e.proxy for e in self._of.get(member_id, ()) if e.kind == PROXY and e.covers(month)), None)


def save_one(session: Session, member_id: int, values: Values, arrangement_id: int | None = None) -> Arrangement:
    """Adds an arrangement or changes the one numbered; FieldError where it says too little or two are of one kind."""
    known = session.scalars(select(Arrangement).where(Arrangement.member_id == member_id)).all()
    found = next((each for each in known if each.id == arrangement_id), None)
    if arrangement_id is not None and found is None:
        raise FieldError("kind", f"没有编号为 {arrangement_id} 的交纳约定。")
    wanted = {key: values[key] if key in values else getattr(found, key, None) for key in FIELDS}
    wanted |= {key: tidy(wanted[key]) or None for key in ("proxy", "place", "remark")}
    start = _verify(wanted)
    for each in known:
        alike = each is not found and each.kind == wanted["kind"]
        if alike and _overlap(each, start, wanted["to_month"]):
            raise FieldError("from_month", f"与从{each.from_month.chinese}起的同类约定重叠，请先给那一条填上终止月。")
    if found is None:
        found = Arrangement(member_id=member_id, **wanted)
        session.add(found)
    else:
        assign(found, wanted)
    session.flush()
    return found


def _verify(wanted: Values) -> Month:
    """The first month; FieldError where the values say too little."""
    kind, start, end = wanted["kind"], wanted["from_month"], wanted["to_month"]
    if kind not in ARRANGEMENTS:
        raise FieldError("kind", f"约定应为{'、'.join(ARRANGEMENTS)}之一。")
    if start is None:
        raise FieldError("from_month", "请填写从哪个月起。")
    if end is not None and end < start:
        raise FieldError("to_month", f"终止月 {end} 早于起始月 {start}。")
    if kind in (QUARTERLY, PROXY) and wanted["agreed_on"] is None:
        raise FieldError("agreed_on", f"{kind}须经支部同意，请填写支部同意日期。")
    if kind == PROXY and not wanted["proxy"]:
        raise FieldError("proxy", "请填写代交人（亲属或其他党员）的姓名。")
    if kind == ELSEWHERE and not wanted["place"]:
        raise FieldError("place", "请填写流入地党组织。")
    first: Month = start
    return first


def _overlap(known: Arrangement, start: Month, end: Month | None) -> bool:
    return (known.to_month is None or start <= known.to_month) and (end is None or known.from_month <= end)


def remove(session: Session, arrangement_id: int) -> None:
    """Removes an arrangement entered by mistake; dues and payments stay as they are."""
    session.delete(numbered(session, Arrangement, arrangement_id, "交纳约定"))
    session.flush()
