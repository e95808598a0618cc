"""Whether something is being filled in anywhere in the window that would be lost if the program ended now."""

from PySide6.QtWidgets import QWidget

from gui.parts.form_dialog import FormDialog
from gui.parts.inline_form import InlineForm
from gui.parts.saving_dialog import SavingDialog


def is_unsaved(window: QWidget) -> bool:
    """Whether a form was changed, or a dialog that does not keep count of its changes stands open."""
    if any(form.is_changed for form in window.findChildren(InlineForm)):
        return True
    dialogs = (each for each in window.findChildren(SavingDialog) if each.isVisible())
    return any(each.is_changed() if isinstance(each, FormDialog) else True for each in dialogs)
