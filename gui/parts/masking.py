"""Identity, telephone and account numbers as they are shown until they are asked for."""

from models.kinds import Account, IdNumber, Kind, Phone

HIDDEN = "*"


def is_private(kind: Kind) -> bool:
    """Whether values of this kind are masked on the screen."""
    return isinstance(kind, Account | IdNumber | Phone)


def masked(text: str) -> str:
    """The text with its middle hidden: the first three and the last four characters tell people apart."""
    if len(text) <= 7:
        return HIDDEN * len(text)
    return text[:3] + HIDDEN * (len(text) - 7) + text[-4:]
