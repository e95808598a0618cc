"""The ledgers as this data file has them: local forms applied, kept, and verified before they are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from models.errors import FieldError, UserError
from models.kinds import Name, Person, tidy
from models.ledger import Column, Ledger, Values, View, adapted
from models.ledgers import extras
from models.ledgers.members.roster import RECORD_NUMBER
from models.records import variants
from models.records.local_forms import Place, Variant
from models.records.variants import LONGEST_TITLE
from models.rules import care

LONGEST_LINE = 60
MOST_SIGNATURES = 8
_TAKEN = ("序号", "编号")
POSTINGS = ("care_posting", "care_posting_unnamed")
_FOLLOWERS = ("directory",)  # no ledger of the catalogue: the page of members, which has no form of its own


def local(session: Session, ledger: Ledger, hidden: bool = False, view: View | None = None) -> Ledger:
    """The ledger in the form of this data file; `hidden` keeps the columns it hides, as an import wants."""
    ledger = fitted(session, ledger, view)
    variant = variants.read(session, ledger.name)
    if variant is None and ledger.name in _FOLLOWERS:
        variant = _followed(session, ledger)
    return ledger if variant is None else formed(ledger, variant, hidden)


def _followed(session: Session, ledger: Ledger) -> Variant | None:
    """The names and the added columns of the ledger that this one follows; its own columns and order stay."""
    leader = variants.read(session, variants.subject_of(ledger.name))
    if leader is None:
        return None
    titles = {place.key: place.title for place in leader.places}
    added = {place.key for place in leader.places if not place.hidden}
    shown = tuple(each for each in leader.extras if each.key in added)
    own = (Place(column.key, titles.get(column.key)) for column in ledger.columns)
    return Variant(places=(*own, *(Place(each.key) for each in shown)), extras=shown)


def fitted(session: Session, ledger: Ledger, view: View | None) -> Ledger:
    """The ledger in its standard form, with the columns that follow from what the data file holds."""
    return ledger if ledger.fitted is None else ledger.fitted(session, ledger, view)


def formed(ledger: Ledger, variant: Variant, hidden: bool = False) -> Ledger:
    """The ledger in a form, which need not be saved yet; its rows hold what was filled in for the columns added.

    One that is worked out from other records can then be imported too: what was added to it, and nothing else.
    """
    made = adapted(ledger, variant, hidden)
    if not variant.extras:
        return made

    def rows(session: Session, view: View) -> Sequence[Any]:
        return extras.widened(ledger.rows(session, view), variant.extras, session, view)

    if ledger.save is not None:
        return replace(made, rows=rows, save=extras.saver(ledger, variant.extras))
    name = next((column.key for column in ledger.columns if isinstance(column.kind, Name | Person)), None)
    if name is None or ledger.public or ledger.name in _FOLLOWERS:
        return replace(made, rows=rows)
    told = {name, *(each.key for each in variant.extras)}
    columns = (*(replace(each, entered=each.key in told) for each in made.columns), RECORD_NUMBER)
    return replace(made, rows=rows, columns=columns, save=extras.filler(ledger, name, variant.extras))


def keep(session: Session, ledger: Ledger, variant: Variant) -> None:
    """Saves a form; the columns added by it are made or found, those known are changed.

    FieldError, with the key of the column or the part of the furniture, where it would break the ledger.
    """
    verify(ledger, variant)
    kept = {
        each.key: variants.add_extra(session, ledger.name, each)
        if each.is_new
        else variants.change_extra(session, each.key, each)
        for each in variant.extras
    }
    places = tuple(replace(each, key=kept[each.key].key) if each.key in kept else each for each in variant.places)
    variants.save(session, ledger.name, replace(variant, places=places, extras=tuple(kept.values())))


def fill(session: Session, ledger: Ledger, record_id: int, given: Values, view: View) -> None:
    """Keeps what was typed for one row's added columns, by key."""
    wanted = [each for each in variants.extras(session, ledger.name) if each.key in given]
    variants.fill(session, wanted, extras.periods(wanted, ledger.seen(view)), {record_id: given})


def added_columns(ledger: Ledger) -> tuple[Column, ...]:
    """Those of the ledger's columns that the branch added."""
    return tuple(column for column in ledger.columns if is_added(column.key))


def is_added(key: str) -> bool:
    """Whether a key is that of an added column."""
    return key[:1] == "x" and key[1:].isdecimal()


def verify(ledger: Ledger, variant: Variant) -> None:
    """FieldError, with the key of the column or the part of the furniture, where a form would break the ledger."""
    standard = {column.key: column.title for column in ledger.columns}
    added = {each.key: each.title for each in variant.extras}
    used: dict[str, str] = {}
    for place in variant.places:
        if place.key not in standard and place.key not in added:
            raise FieldError(place.key, f"“{ledger.title}”没有“{place.key}”这一列。")
        if place.key in used.values():
            raise FieldError(place.key, f"“{(standard | added)[place.key]}”出现了两次。")
        title = tidy(place.title if place.title is not None else (standard | added)[place.key])
        if not place.hidden or place.key in standard:
            _verify_title(place.key, title, used, standard, column_band(ledger, place.key))
        used[f"{title}\n{column_band(ledger, place.key)}"] = place.key
        if place.hidden:
            why = kept_because(ledger, place.key)
            if why:
                raise FieldError(place.key, why)
    if variant.places and all(place.hidden for place in variant.places):
        raise UserError("至少要留下一列。")
    _verify_words(variant)
    if ledger.public:
        _verify_posted(ledger, variant)


def _verify_posted(ledger: Ledger, variant: Variant) -> None:
    """What is posted has no column about illness, income, family or numbers; that of hardship has none added at all."""
    titles = {place.key: place.title for place in variant.places if place.title is not None}
    titles |= {each.key: each.title for each in variant.extras}
    for key, title in titles.items():
        told = care.tells_private(title)
        if told is not None:
            raise FieldError(key, f"“{title}”不能公示：公示表里不写健康、收入、家庭情况、证件号码和电话。")
    if ledger.name in POSTINGS and variant.extras:
        raise FieldError(variant.extras[0].key, "困难帮扶公示只写姓名、类别和日期，不能加列。")


def column_band(ledger: Ledger, key: str) -> str:
    """The band over a column of the ledger, "" for none."""
    return next((column.band for column in ledger.columns if column.key == key), "")


def kept_because(ledger: Ledger, key: str) -> str:
    """Why a column cannot be hidden, as a sentence; "" where it can."""
    column = next((each for each in ledger.columns if each.key == key), None)
    if column is None:
        return ""
    if column.key == "id":
        return "“编号”不能隐藏：改好的表再导入时，靠它找到原来的那一行。"
    if isinstance(column.kind, Name | Person):
        return f"“{column.title}”不能隐藏：没有姓名就分不清是谁。"
    if column.required:
        return f"“{column.title}”不能隐藏：它是必填的，导出的表没有它就不能再导入。"
    if column.key == ledger.capitals_of:
        return f"“{column.title}”不能隐藏：表尾的大写金额是它的合计。"
    return ""


def _verify_title(key: str, title: str, used: Mapping[str, str], standard: Mapping[str, str], band: str) -> None:
    if not title:
        raise FieldError(key, "列名不能是空的。")
    if len(title) > LONGEST_TITLE:
        raise FieldError(key, f"列名“{title[:10]}……”太长，最长 {LONGEST_TITLE} 个字。")
    if title in _TAKEN and standard.get(key) != title:
        raise FieldError(key, f"“{title}”由程序使用，请换一个列名。")
    if f"{title}\n{band}" in used:
        raise FieldError(key, f"有两列都叫“{title}”，请改一个名字。")
    others = [other for other, name in standard.items() if name == title and other != key]
    if others and standard.get(key) != title:
        raise FieldError(key, f"“{title}”是另一列的标准列名，改成它导入时会认错，请换一个。")


def _verify_words(variant: Variant) -> None:
    parts = {"heading": (variant.heading or "x",), "lines": variant.lines or (), "signatures": variant.signatures or ()}
    if variant.heading is not None and not tidy(variant.heading):
        raise FieldError("heading", "标题不能是空的。")
    for key, texts in parts.items():
        for text in texts:
            if len(text) > LONGEST_LINE:
                raise FieldError(key, f"“{text[:12]}……”太长，最长 {LONGEST_LINE} 个字。")
    if len(parts["signatures"]) > MOST_SIGNATURES:
        raise FieldError("signatures", f"签字栏最多 {MOST_SIGNATURES} 项。")
