"""The parts of a zip workbook that say what its sheets are called, where they lie and how dates are shown."""

import posixpath
import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET  # the guard has refused every part with a DOCTYPE or an entity

from importers import guard
from importers.reading import sheet as plain

_BUILT_IN = {
    17: "mmm-yy",
    27: 'yyyy"年"m"月"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    52: 'yyyy"年"m"月"',
    57: 'yyyy"年"m"月"',
}


class Package:
    """A zip workbook: `sheets` are (name, hidden, part), `months` the styles of dates shown without their day."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = {name.casefold().replace("\\", "/"): name for name in self._archive.namelist()}
        self.sheets: list[tuple[str, bool, str]] = []
        self.months: dict[int, str] = {}
        self.from_1904 = False
        self.binary = "xl/workbook.bin" in self._names
        if not self.binary:
            self._read_workbook()
            self._read_styles()

    def part(self, name: str) -> bytes | None:
        """A part in UTF-8, or None where there is none of that name."""
        found = self._names.get(name.casefold())
        return None if found is None else guard.as_utf8(self._archive.read(found))

    def is_utf8(self, name: str) -> bool:
        """Whether a part can be read by a parser that knows UTF-8 alone."""
        found = self._names.get(name.casefold())
        return found is not None and 0 not in self._archive.open(found).read(4)

    def _read_workbook(self) -> None:
        path = self._workbook_path()
        targets = self._relations(path)
        for element in self._tree(path).iter():
            tag = _local(element.tag)
            if tag == "workbookPr":
                self.from_1904 = element.get("date1904", "0") in ("1", "true")
            elif tag == "sheet":
                relation = next((value for key, value in element.attrib.items() if _local(key) == "id"), "")
                hidden = element.get("state", "visible") != "visible"
                self.sheets.append((element.get("name", ""), hidden, targets.get(relation, "")))

    def _workbook_path(self) -> str:
        if "xl/workbook.xml" in self._names:
            return "xl/workbook.xml"
        return next((target for target in self._relations("").values() if "workbook" in target), "xl/workbook.xml")

    def _relations(self, path: str) -> dict[str, str]:
        folder, file = posixpath.split(path)
        found = {}
        for element in self._tree(posixpath.join(folder, "_rels", f"{file}.rels")).iter():
            target = element.get("Target")
            if target is not None and element.get("TargetMode") != "External":
                whole = target if target.startswith("/") else posixpath.join("/", folder, target)
                found[element.get("Id", "")] = posixpath.normpath(whole).lstrip("/")
        return found

    def _read_styles(self) -> None:
        codes = dict(_BUILT_IN)
        formats = []
        for element in self._tree("xl/styles.xml").iter():
            tag = _local(element.tag)
            if tag == "numFmt":
                codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
            elif tag == "cellXfs":
                formats = [int(child.get("numFmtId", "0")) for child in element]
        shown = {style: codes.get(number, "") for style, number in enumerate(formats)}
        self.months = {style: code for style, code in shown.items() if plain.hides_day(code)}

    def _tree(self, name: str) -> ET.Element:
        part = self.part(name)
        if part is None:
            return ET.Element("none")
        return ET.fromstring(re.sub(rb"^\s*<\?xml[^>]*\?>", b"", part))


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
