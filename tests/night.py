"""How many times as many trials as usual are wanted, for a night: `pytest --more N`."""

import os

KNOWN_AS = "ZHIBU_TESTS_MORE"  # where laws, which are set up as they are imported, find it


def more(trials: int) -> int:
    """So many trials, or as many times that as were wanted."""
    return trials * int(os.environ.get(KNOWN_AS, "1"))
