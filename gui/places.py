"""Where things lie on this computer."""

from pathlib import Path

from models import preferences


def backup_folder(data_file: Path) -> Path:
    """The folder for backups of a data file: the one chosen on this computer, else 备份 beside the file."""
    return preferences.read().backup_folder or data_file.absolute().parent / "备份"
