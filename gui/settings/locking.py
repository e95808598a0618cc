"""Settings of when the screen is locked, which is a matter of this computer."""

from gui.parts.cards import Card, button, label, row
from gui.parts.chooser import Chooser
from gui.workspace import Workspace
from models import files, preferences

_WORDS = (
    "离开座位，没有动键盘和鼠标到了时间，就把屏幕盖住，要输密码才能接着办；填了一半的内容都在。"
    "没有密码的数据文件不锁。只管这台电脑。"
)
_CHOICES = ((5, "5 分钟"), (10, "10 分钟"), (15, "15 分钟"), (30, "30 分钟"), (60, "1 小时"), (0, "从不"))


class LockCard(Card):
    """After how many idle minutes an encrypted file is locked, and locking it at once."""

    def __init__(self, workspace: Workspace) -> None:
        self.minutes = Chooser("多久没有动就锁定", [(words, minutes) for minutes, words in _CHOICES])
        self.minutes.picked.connect(self._keep)
        now = button("现在就锁定　Ctrl+L", workspace.lock_wanted.emit)
        tools = row(label("多久没有动就锁定", "quiet"), self.minutes, now, 1)
        super().__init__(label(_WORDS, "quiet", wrap=True), tools, title="离开时锁定")

    def show_chosen(self) -> None:
        """Shows what is chosen on this computer; a number of minutes set by other means is offered too."""
        chosen = preferences.read().lock_after
        own = () if chosen in dict(_CHOICES) else ((f"{chosen} 分钟", chosen),)
        self.minutes.offer([*((words, minutes) for minutes, words in _CHOICES), *own])
        self.minutes.choose(chosen)

    def _keep(self, minutes: int) -> None:
        with files.refusing("没能记住多久锁定"):
            preferences.change(lock_after=minutes)
