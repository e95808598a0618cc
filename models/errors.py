"""The errors that a person is meant to read."""


class UserError(Exception):
    """Something was refused; the text is one plain Chinese sentence and is shown as it stands."""


class DamagedError(UserError):
    """A data file is not what it should be, so that it cannot be opened or read."""


class ReadOnlyError(UserError):
    """Something was to be saved in a data file that is open for reading only."""

    def __init__(self) -> None:
        super().__init__(
            "这个数据文件以只读方式打开，不能修改：您的密码只能查看，或者别处正开着，或者放在不能写入的地方；办法见手册“只能查看，不能修改”。"
        )


class FieldError(UserError):
    """A value was refused; `field` is the key of the column it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
