"""The errors that a person is meant to read."""


class UserError(Exception):
    """Something was refused; the text is one plain Chinese sentence and is shown as it stands."""


class FieldError(UserError):
    """A value was refused; `field` is the key of the column it belongs to."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
