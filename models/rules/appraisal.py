"""The yearly appraisal of members (民主评议党员): ballots that can be right, and how many may be called outstanding.

Source: 中国共产党支部工作条例（试行）, 2018; a third of 优秀 is the general practice, 15 % a local one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

OUTSTANDING, PASSED, BARELY, FAILED = GRADES = ("优秀", "合格", "基本合格", "不合格")
UNGRADED = "不定等次"
THIRD = "三分之一"
_PARTS = re.compile(r"(\d{1,3})/(\d{1,3})")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)[%％]")
_COUNTS = re.compile(r"\s*([^\d：:，,、；;\s][^：:，,、；;]*?)\s*[：:]?\s*(\d{1,6})\s*[票人]?\s*")
Fault = tuple[str, str]


@dataclass(frozen=True)
class Ballots:
    """How many were to take part and did, and the papers given out, handed back and sound; None: not yet known."""

    due: int | None = None
    attended: int | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None


_TITLES = {"due": "应参加", "attended": "实参加", "issued": "发出票", "returned": "收回票", "valid": "有效票"}
_LIMITS = (("attended", "due"), ("issued", "attended"), ("returned", "issued"), ("valid", "returned"))


def fault_in(ballots: Ballots) -> Fault | None:
    """The first figure that cannot be, with a sentence: none is below zero, and none above the one before it."""
    for key, title in _TITLES.items():
        number = getattr(ballots, key)
        if number is not None and number < 0:
            return key, f"{title}不能是负数。"
    for key, above in _LIMITS:
        number, limit = getattr(ballots, key), getattr(ballots, above)
        if number is not None and limit is not None and number > limit:
            return key, f"{_TITLES[key]} {number} 多于{_TITLES[above]} {limit}，请核对。"
    return None


def fault_in_votes(votes: Mapping[str, int | None], valid: int | None) -> Fault | None:
    """What is wrong with the votes for one member, by grade: none below zero, together no more than sound ballots."""
    for grade, number in votes.items():
        if number is not None and number < 0:
            return grade, "票数不能是负数。"
    counted = sum(number or 0 for number in votes.values())
    if valid is not None and counted > valid:
        last = [grade for grade, number in votes.items() if number][-1]
        return last, f"各等次共 {counted} 票，多于有效票 {valid} 票，请核对。"
    return None


def share_of(text: str) -> Fraction:
    """The share of members that may be 优秀: 三分之一, 1/3, 15%; ValueError with a sentence for anything else."""
    plain = re.sub(r"\s", "", text).replace("／", "/")
    if plain == THIRD:
        return Fraction(1, 3)
    parts, percent = _PARTS.fullmatch(plain), _PERCENT.fullmatch(plain)
    found = Fraction(0)
    if parts and int(parts[2]):
        found = Fraction(int(parts[1]), int(parts[2]))
    elif percent:
        found = Fraction(Decimal(percent[1])) / 100
    if not 0 < found <= 1:
        raise ValueError(f"优秀比例“{text[:10]}”应写成三分之一、1/4 或 15% 的样子。")
    return found


@dataclass(frozen=True)
class Standing:
    """How many are 优秀, of how many who get a grade, and how many may be."""

    outstanding: int
    base: int
    cap: int

    @property
    def above(self) -> int:
        """By how many the cap is exceeded."""
        return max(self.outstanding - self.cap, 0)

    @property
    def is_over(self) -> bool:
        return self.above > 0


def rates(took_part: int | None, eligible: int | None) -> Decimal | None:
    """The share of those who took part, as a fraction of four places; None where it cannot be said."""
    if took_part is None or not eligible:
        return None
    return (Decimal(took_part) / Decimal(eligible)).quantize(Decimal("0.0001"))


Counts = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def counts_of(text: str) -> Counts:
    """Votes counted by subject and answer: 领导班子：好 12、较好 2；班子成员：好 11 (one subject needs no name).

    ValueError with a sentence where a part names no answer with a figure, or names one twice.
    """
    found = []
    for part in re.split("[；;\n]", text):
        if not part.strip():
            continue
        subject, answers = _subject(part)
        counted = [_counted(each) for each in re.split("[、，,]", answers) if each.strip()]
        if len({answer for answer, _ in counted}) < len(counted):
            raise ValueError(f"“{part.strip()[:20]}”中有一项写了两次。")
        found.append((subject, tuple(counted)))
    if len({subject for subject, _ in found}) < len(found):
        raise ValueError("同一项测评内容写了两次，请合在一起。")
    return tuple(found)


def _subject(part: str) -> tuple[str, str]:
    """The subject before the colon; a colon between an answer and its figure is none."""
    before, colon, after = part.replace(":", "：").partition("：")
    if colon and not re.match(r"\s*\d", after):
        return before.strip(), after
    return "", part


def _counted(text: str) -> tuple[str, int]:
    found = _COUNTS.fullmatch(text)
    if not found:
        raise ValueError(f"“{text.strip()[:20]}”应写成“满意 12”的样子，几项之间用顿号隔开。")
    return found[1], int(found[2])


def in_words(counts: Counts) -> str:
    """The counts as they are kept and shown: 领导班子：好 12、较好 2；班子成员：好 11."""
    said = []
    for subject, answers in counts:
        listed = "、".join(f"{answer} {number}" for answer, number in answers)
        said.append(f"{subject}：{listed}" if subject else listed)
    return "；".join(said)


def ranks(totals: Sequence[Decimal | None]) -> list[int | None]:
    """The place of each total, the highest first; equal ones share a place and the next is as many further on."""
    known = sorted((total for total in totals if total is not None), reverse=True)
    return [None if total is None else known.index(total) + 1 for total in totals]
