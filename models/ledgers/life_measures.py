"""What is counted of organisation life, and how: a table of measures, each a sum or a share over records."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from models.ledgers.life_items import LECTURER, TAG, Amount, Item
from models.records.activity_kinds import Kind

TIMES, PEOPLE, RATE, HOURS = "times", "people", "rate", "hours"
PERCENT = "%"
ACTIVITIES = "activities"


@dataclass(frozen=True)
class Way:
    """A way of counting the activities of a kind: what is said behind its name, the unit, the amounts."""

    title: str
    unit: str
    adds: str
    of: str = ""
    word: str = ""


WAYS: Mapping[str, Way] = {
    TIMES: Way("", "次", "times"),
    PEOPLE: Way("参加人次", "人次", "people"),
    RATE: Way("出勤率", PERCENT, "present", "entitled"),
    "online": Way("：线上", "次", "online"),
    "offline": Way("：线下", "次", "offline"),
    HOURS: Way("学时", "学时", "hours"),
    "service_hours": Way("时长", "小时", "service_hours"),
    "share": Way("参评率", PERCENT, "taking_part", "eligible"),
    "ballots": Way("测评票", "份", "people"),
    "products": Way("成果", "份", "products"),
    "lecturers": Way("授课", "次", "times", word=LECTURER),
    "tags": Way("议题", "次", "times", word=TAG),
}
"""What a kind of activity may feed: the words of `counts` in kinds.json."""
_BY_FIELD = {"hours": HOURS, "is_online": "online", "product": "products", "lecturer": "lecturers", "tags": "tags"}


@dataclass(frozen=True)
class Measure:
    """A figure that is asked for: the sum of `adds` over the records of a source, or with `of` a share in per cent.

    `kinds` limits it to some kinds, `word` to records that name a lecturer or a tag: (which, the word itself).
    One that is `always` stands in the ledger also where it is nothing; `sort` says for charts what it is a figure of.
    """

    key: str
    group: str
    title: str
    unit: str
    adds: str
    of: str = ""
    source: str = ACTIVITIES
    kinds: frozenset[str] = frozenset()
    word: tuple[str, str] = ("", "")
    always: bool = False
    sort: str = ""
    kind_name: str = ""

    def counted(self, items: Iterable[Item]) -> list[Item]:
        """Those of the records that make the figure up."""
        what, (which, word) = self.of or self.adds, self.word
        return [
            item
            for item in items
            if item.source == self.source
            and (not self.kinds or item.kind in self.kinds)
            and item.amounts.get(what)
            and (not which or word in item.words.get(which, ()))
        ]

    def figure(self, counted: Sequence[Item]) -> Amount | None:
        """The figure that these records make up; a share of nothing is None."""
        added = sum((item.amounts.get(self.adds, 0) for item in counted), 0)
        if not self.of:
            return added
        whole = sum((item.amounts[self.of] for item in counted), 0)
        return (Decimal(added) * 100 / Decimal(whole)).quantize(Decimal("0.1")) if whole else None


ALL = "总体情况"
BY_TAG = "按议题标签"
MEMBERS = "党员"
WHOLE = (
    Measure("all_times", ALL, "组织生活合计", "次", "times", always=True, sort=TIMES),
    Measure("all_people", ALL, "参加人次", "人次", "people", always=True, sort=PEOPLE),
    Measure("all_rate", ALL, "出勤率", PERCENT, "present", "entitled", always=True, sort=RATE),
    Measure("all_leave", ALL, "请假、公出", "人次", "leave", always=True),
    Measure("all_absent", ALL, "缺席", "人次", "absent", always=True),
    Measure("made_up", ALL, "缺席补学", "人次", "made_up"),
    Measure("dual", ALL, "领导干部参加双重组织生活", "人次", "dual_came", always=True),
    Measure("dual_rate", ALL, "双重组织生活参与率", PERCENT, "dual_came", "dual"),
    Measure("all_hours", ALL, "学时合计", "学时", "hours", always=True, sort=HOURS),
    Measure("uploaded", ALL, "上传平台", "次", "uploaded", always=True),
    Measure("upload_rate", ALL, "上传率", PERCENT, "uploaded", "times", always=True),
    Measure("planned", ALL, "列入计划", "次", "planned", source="plans"),
    Measure("kept", ALL, "计划完成率", PERCENT, "kept", "planned", source="plans"),
    Measure("dropped", ALL, "计划未开展", "次", "dropped", source="plans"),
)
OTHERS = (
    Measure("birthdays", MEMBERS, "政治生日活动", "人次", "people", source="birthdays"),
    Measure("secondments", MEMBERS, "抽调专班", "人次", "times", source="secondments"),
    Measure("secondments_long", MEMBERS, "抽调专班半个月以上", "人次", "long", source="secondments"),
    Measure("retirements", MEMBERS, "荣退", "名", "people", source="retirements"),
)


class Pool:
    """Records put by, so that a measure looks only at those of its source and kinds."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._by_source: dict[str, list[Item]] = {}
        self._by_kind: dict[str, list[Item]] = {}
        for item in items:
            self._by_source.setdefault(item.source, []).append(item)
            if item.source == ACTIVITIES:
                self._by_kind.setdefault(item.kind, []).append(item)

    def counted(self, measure: Measure) -> list[Item]:
        """The records that make up the figure of a measure, in the order in which they were put by."""
        if measure.source == ACTIVITIES and len(measure.kinds) == 1:
            return measure.counted(self._by_kind.get(next(iter(measure.kinds)), ()))
        return measure.counted(self._by_source.get(measure.source, ()))

    def words(self, which: str, kind: str = "") -> list[str]:
        """What the activities of a kind, or of all, name as lecturers or tags."""
        own = self._by_kind.get(kind, ()) if kind else self._by_source.get(ACTIVITIES, ())
        return list(dict.fromkeys(word for item in own for word in item.words.get(which, ())))


def measures(kinds: Sequence[Kind], pool: Pool) -> list[Measure]:
    """Every measure in the order of the ledger: the whole, each kind by its group, tags, what belongs to members."""
    groups = dict.fromkeys(kind.group for kind in kinds)
    ordered = [kind for group in groups for kind in kinds if kind.group == group and kind.kept_in == ACTIVITIES]
    tags = (Measure(f"tag_{word}", BY_TAG, word, "次", "times", word=(TAG, word)) for word in pool.words(TAG))
    study = frozenset(kind.key for kind in kinds if kind.study)
    whole = (replace(each, kinds=study) if each.sort == HOURS else each for each in WHOLE)
    return [*whole, *(each for kind in ordered for each in _of_kind(kind, pool)), *tags, *OTHERS]


def ways(kind: Kind) -> tuple[str, ...]:
    """What a kind feeds: as its data say, else what its fields give."""
    if kind.counts:
        return kind.counts
    given = [_BY_FIELD[each] for each in kind.fields if each in _BY_FIELD]
    return TIMES, PEOPLE, *([RATE] if kind.entitled != "named" else []), *given


def _of_kind(kind: Kind, pool: Pool) -> Iterator[Measure]:
    for name in ways(kind):
        way = WAYS[name]
        for word in pool.words(way.word, kind.key) if way.word else [""]:
            yield Measure(
                key=f"{kind.key}_{name}" + (f"_{word}" if word else ""),
                group=kind.group,
                title=f"{kind.name}{way.title}" + (f"：{word}" if word else ""),
                unit=way.unit,
                adds=way.adds,
                of=way.of,
                kinds=frozenset({kind.key}),
                word=(way.word, word) if word else ("", ""),
                always=name == TIMES and kind.active and not kind.is_own,
                sort=f"kind_{name}",
                kind_name=kind.name,
            )
