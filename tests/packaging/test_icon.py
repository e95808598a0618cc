"""The icon of a shortcut or a packed program is the one that the window shows, at every size a desktop asks for."""

from pathlib import Path

import icon
import pytest
from PIL import Image


def test_an_ico_holds_every_size(tmp_path: Path):
    target = tmp_path / "app.ico"
    icon.write(icon.SOURCE, target)
    with Image.open(target) as picture:
        assert picture.info["sizes"] == {(size, size) for size in icon.SIZES}
        assert len(set(picture.convert("RGBA").get_flattened_data())) > 1, "something is drawn"


def test_what_is_no_drawing_is_refused(tmp_path: Path, qtlog):
    source = tmp_path / "app.svg"
    source.write_text("no drawing", encoding="utf-8")
    with qtlog.disabled(), pytest.raises(ValueError, match="cannot be drawn"):
        icon.drawn(source, 16)
