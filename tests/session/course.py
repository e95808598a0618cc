"""The order of a working life: decks of operations, shuffled, each round of them ended by a look at what is held."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from models.errors import UserError
from tests.session import gauge
from tests.session.gauge import Reading
from tests.session.sitting import Sitting, thin_backups
from tests.shots import LackingError

Deed = Callable[[Sitting], object]
_KEPT_BACKUPS = 3
_WARM_AFTER = 2000  # operations


@dataclass(frozen=True)
class Card:
    """A kind of operation, so many of it in a round, and how each is done."""

    kind: str
    times: int
    deed: Deed


@dataclass
class Course:
    """What was done, how long each kind took, what was not there to be done, and the readings."""

    done: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    lacking: Counter[str] = field(default_factory=Counter)
    readings: list[Reading] = field(default_factory=list)

    @property
    def operations(self) -> int:
        return self.done.total()

    @property
    def warm(self) -> Reading:
        """The reading after the warm-up, in which every dialog was open; of a short course after its first round."""
        warm = (reading for reading in self.readings[1:-1] if reading.operations >= _WARM_AFTER)
        return next(warm, self.readings[min(1, len(self.readings) - 1)])


def rounds(cards: Sequence[Card], sitting: Sitting) -> Iterator[Card]:
    """The cards of one round after the other, each time in another order."""
    deck = [card for card in cards for _ in range(card.times)]
    while True:
        sitting.pick.shuffle(deck)
        yield from deck


def run(
    sitting: Sitting, cards: Sequence[Card], operations: int, until: float, tell: Callable[[str], object]
) -> Course:
    """Does so many operations, or what can be done till a moment of time.monotonic; reads at the end of each round.

    A reading is taken with a file just opened and nothing but the first page shown: what the pages before it held has
    to be gone.
    """
    course = Course()
    size = sum(card.times for card in cards)
    take_reading(sitting, course)
    tell(line_of(course.readings[-1]))
    for tried, card in enumerate(rounds(cards, sitting), 1):
        do(sitting, card, course)
        if tried % size == 0:
            take_reading(sitting, course)
            tell(line_of(course.readings[-1]))
            if course.operations >= operations or time.monotonic() >= until:
                return course
    return course


def do(sitting: Sitting, card: Card, course: Course) -> None:
    """One operation, and what it opened closed again; what was not there is noted."""
    begun = time.monotonic()
    try:
        card.deed(sitting)
    except (LackingError, UserError) as error:
        course.lacking[f"{card.kind}: {error}"] += 1
    else:
        course.done[card.kind] += 1
    sitting.clear()
    course.seconds[card.kind] += time.monotonic() - begun


def take_reading(sitting: Sitting, course: Course) -> None:
    """Has the two files change places twice, so that all pages are new, and reads what is held then."""
    thin_backups(sitting, _KEPT_BACKUPS)
    sitting.switch()
    sitting.switch()
    sitting.settled()
    course.readings.append(gauge.read(course.operations))


def line_of(reading: Reading) -> str:
    """A reading as a line of the table."""
    return (
        f"{reading.operations:>6} operations  {reading.memory:6.1f} MB  {reading.handles:>3} handles  "
        f"{reading.threads:>2} threads  {reading.objects:>5} objects  {reading.timers:>2} timers  "
        f"{reading.wrapped:>5} kept by Python"
    )
