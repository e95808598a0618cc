"""A book bound of many papers: pages counted through, contents made before it is known on which page anything comes."""

from collections.abc import Callable

from exporters.paper import Paper

_REST = "bound_pages_"


class BoundPaper(Paper):
    """A document whose feet count the pages of the book that is being drawn, whatever paper they stand on.

    How many there are, and the contents, are drawn last and shown before: each is a form, drawn where it is wanted.
    """

    def __init__(self, size: tuple[float, float], title: str) -> None:
        super().__init__(size, title)
        self._books = 0
        self._before = 0

    @property
    def page(self) -> int:
        """The number of the page that is being drawn, in its book."""
        return self.pages - self._before + 1

    def begin_book(self) -> None:
        """Counts the pages from 1."""
        self._books += 1
        self._before = self.pages

    def end_book(self) -> None:
        """Draws what could be known only now: how many pages the book has."""
        count = self.pages - self._before
        self.form(f"{_REST}{self._books}", 100, 20, lambda: self._draw_count(count))

    def foot(self, left: str, page: int, pages: int, edge: float, y: float) -> None:
        """The foot of a page in grey, with its number in the book in place of that in the paper."""
        self.put("0.35 g")
        self.text(edge, y, left, 8)
        rest = self.lettering("serif").width("　共 999 页", 8)
        self.text(self.width - edge - rest, y, f"第 {self.page} 页", 8, align="right")
        self.put("0 g")
        self.stamp(f"{_REST}{self._books}", self.width - edge - rest, y + 5)

    def stamp(self, name: str, x: float, y: float) -> None:
        """Shows a form, which may be drawn later, with its lower left corner at a point of the page."""
        self.canvas.saveState()
        self.canvas.translate(x, self.height - y)
        self.canvas.doForm(name)
        self.canvas.restoreState()

    def form(self, name: str, width: float, height: float, draw: Callable[[], None]) -> None:
        """Draws what is shown wherever the form of this name stands; y runs down from its top edge as on a page."""
        held, (self.width, self.height) = (self.width, self.height), (width, height)
        operators = self.recorded(draw)
        self.canvas.beginForm(name, 0, 0, width, height)
        self.canvas.addLiteral(operators)
        self.canvas.endForm()
        self.width, self.height = held

    def mark(self, title: str, level: int = 0) -> None:
        """Puts the page that is being drawn into the outline which readers show beside the pages."""
        key = f"page{self.pages}_{level}"
        self.canvas.bookmarkPage(key)
        self.canvas.addOutlineEntry(title, key, level, closed=level == 0)

    def _draw_count(self, count: int) -> None:
        self.put("0.35 g")
        self.text(0, 15, f"　共 {count} 页", 8)
        self.put("0 g")
