"""Files that are almost those of a branch: seeded changes that know how a workbook is packed and how its parts read."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

_TAG = re.compile(rb"<[^<>]{1,400}>")
_VALUE = re.compile(rb"=\"[^\"]{0,200}\"")
_TEXT = re.compile(rb">[^<>]{1,400}<")
_NUMBERS = (
    b"0", b"-1", b"1048577", b"99999999999", b"1e400", b"NaN", b"A1:XFD1048576", b"9" * 400, b"", b"00",
    b"\xef\xbc\x91",
)  # fmt: skip
_BITS = (
    b"<", b">", b"&x;", b"&#0;", b"&#xD800;", b"\x00", b"]]>", b"<!--", b"<![CDATA[", b"</row>", b'<row r="-5">',
    b'<!DOCTYPE x [<!ENTITY a "b">]>', b"\xff\xfe", b"\xed\xa0\x80", b"<f>1+1</f>", b"<is><t/></is>", b"9" * 3000,
)  # fmt: skip
Parts = dict[str, bytes]


def mutant(data: bytes, random: Random) -> bytes:
    """The file with one change or a few."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        packed = data.startswith(b"PK\x03\x04") and random.random() < 0.85
        data = _packed(data, random) if packed else random.choice(_PLAIN)(data, random)
    return data


def _packed(data: bytes, random: Random) -> bytes:
    """A workbook with other parts, or with a list of contents that is not true."""
    if random.random() < 0.12:
        return _lying(data, random)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return random.choice(_PLAIN)(data, random)  # the change before left no workbook
    if not parts:
        return data
    random.choice(_OF_PARTS)(parts, random)
    out = io.BytesIO()
    method = random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2))
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _in_a_part(parts: Parts, random: Random) -> None:
    """Changes the markup of one part: a tag, the value of an attribute, a text."""
    name = random.choice(sorted(parts))
    part = parts[name]
    for _ in range(random.randint(1, 8)):
        found = list(random.choice((_TAG, _VALUE, _TEXT)).finditer(part))
        if not found:
            return
        at = random.choice(found)
        whole, other = at.group(), random.choice(found).group()
        cut = whole[:2] + random.choice(_NUMBERS) + whole[-1:] if whole[:1] in b"=>" else b""
        put = random.choice((b"", whole * 2, whole * 500, other, cut, random.choice(_BITS), whole[:-1]))
        part = part[: at.start()] + put + part[at.end() :]
    parts[name] = part


def _another_name(parts: Parts, random: Random) -> None:
    name = random.choice(sorted(parts))
    names = (
        "../x.xml",
        "/etc/x.xml",
        "C:/x.xml",
        "xl/worksheets/sheet1.xml",
        name.upper(),
        f"{name}\x01",
        "x" * 300,
        "CON",
    )
    parts[random.choice(names)] = parts.pop(name) if random.random() < 0.5 else parts[name]


def _no_part(parts: Parts, random: Random) -> None:
    del parts[random.choice(sorted(parts))]


def _another_content(parts: Parts, random: Random) -> None:
    one, two = random.choice(sorted(parts)), random.choice(sorted(parts))
    parts[one], parts[two] = parts[two], parts[one]


def _another_encoding(parts: Parts, random: Random) -> None:
    name = random.choice(sorted(parts))
    text = parts[name].decode("utf-8", "replace")
    encoding = random.choice(("utf-16", "utf-16-be", "gb18030", "utf-32", "utf-8-sig", "latin-1", "utf-7"))
    parts[name] = text.encode(encoding, "replace")


def _swollen(parts: Parts, random: Random) -> None:
    name = random.choice(sorted(parts))
    parts[name] += random.choice(
        (b" " * 3_000_000, b"\x00" * 3_000_000, b"<row/>" * 40_000, b"<c><v>1</v></c>" * 20_000)
    )


def _nested(parts: Parts, random: Random) -> None:
    name = random.choice(sorted(parts))
    tag = random.choice((b"row", b"c", b"si", b"x"))
    deep = random.choice((60, 3_000, 60_000))
    middle = len(parts[name]) // 2
    parts[name] = parts[name][:middle] + b"<%s>" % tag * deep + b"</%s>" % tag * deep + parts[name][middle:]


def _lying(data: bytes, random: Random) -> bytes:
    """The list of contents with another size, sum, method, place or flag for one entry."""
    places = [at.start() for at in re.finditer(re.escape(b"PK\x01\x02"), data)]
    if not places:
        return data
    at = random.choice(places)
    offset, form = random.choice(((8, "<H"), (10, "<H"), (16, "<I"), (20, "<I"), (24, "<I"), (28, "<H"), (42, "<I")))
    value = random.choice((0, 1, 8, 14, 93, 99, 0xFFFF, 2**31, 2**32 - 1)) & (0xFFFF if form == "<H" else 2**32 - 1)
    changed = bytearray(data)
    if at + offset + struct.calcsize(form) <= len(changed):
        struct.pack_into(form, changed, at + offset, value)
    return bytes(changed)


def _flipped(data: bytes, random: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 3, 9, 40))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _doubled(data: bytes, random: Random) -> bytes:
    first, second = sorted((random.randrange(len(data) + 1), random.randrange(len(data) + 1)))
    return data[:second] + data[first:second] * random.choice((1, 2, 50)) + data[second:]


def _put_in(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    said = (
        *_BITS,
        b'"',
        b'""',
        b",",
        b"\r",
        b"\n" * 5000,
        b"\t",
        b";",
        b"'=",
        b'="',
        b"\xff" * 9,
        "张".encode("gb18030"),
    )
    return data[:at] + random.choice(said) + data[at:]


_PLAIN: Sequence[Callable[[bytes, Random], bytes]] = (_flipped, _flipped, _flipped, _cut, _doubled, _put_in)
_OF_PARTS: Sequence[Callable[[Parts, Random], None]] = (
    _in_a_part, _in_a_part, _in_a_part, _in_a_part, _another_name, _no_part, _another_content, _another_encoding,
    _swollen, _nested,
)  # fmt: skip
