import pytest

from gui.input_method import prepare


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, "ibus"),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULES": "wayland;fcitx", "QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "ibus"}, "ibus"),
        ({"QT_IM_MODULE": "compose", "XMODIFIERS": "@im=fcitx"}, "compose"),
        ({"XMODIFIERS": "@im=none"}, None),
        ({}, None),
    ],
)
def test_fcitx_is_spoken_to_as_ibus(tmp_path, before, after):
    environ = dict(before)
    prepare(environ, tmp_path, "linux")
    assert environ.get("QT_IM_MODULE") == after
    assert "QT_IM_MODULES" not in environ


def test_a_plugin_that_matches_is_left_to_work(tmp_path):
    folder = tmp_path / "platforminputcontexts"
    folder.mkdir()
    (folder / "libfcitx5platforminputcontextplugin.so").touch()
    environ = {"QT_IM_MODULE": "fcitx"}
    prepare(environ, tmp_path, "linux")
    assert environ == {"QT_IM_MODULE": "fcitx"}


def test_other_systems_are_left_alone(tmp_path):
    environ = {"QT_IM_MODULE": "fcitx"}
    prepare(environ, tmp_path, "win32")
    assert environ == {"QT_IM_MODULE": "fcitx"}
