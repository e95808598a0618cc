from threading import current_thread, main_thread
from time import sleep

import pytest
from PySide6.QtCore import QThread

from gui.tasks import CancelledError, Task


def test_the_work_runs_off_the_main_thread_and_its_outcome_comes_back_on_it(qtbot, qapp):
    threads = []
    task = Task("算", lambda progress: current_thread() is main_thread())
    task.succeeded.connect(lambda _: threads.append(QThread.currentThread() is qapp.thread()))
    with qtbot.waitSignal(task.ended), qtbot.waitSignal(task.succeeded) as outcome:
        task.start()
    assert outcome.args == [False]
    assert threads == [True]


def test_progress_is_told_without_drowning_the_window(qtbot):
    def work(progress):
        for number in range(20_000):
            progress(number, 20_000)

    told = []
    task = Task("数", work)
    task.progressed.connect(lambda done, total: told.append((done, total)))
    with qtbot.waitSignal(task.ended):
        task.start()
    assert told[0] == (0, 20_000)
    assert len(told) < 200


def test_cancelling_stops_the_work_at_its_next_report(qtbot):
    reports = []

    def work(progress):
        for number in range(10_000):
            reports.append(number)
            progress(number, 10_000)
            sleep(0.002)

    task = Task("数", work)
    succeeded: list[object] = []
    task.succeeded.connect(succeeded.append)
    with qtbot.waitSignal(task.progressed):
        task.start()
    with qtbot.waitSignal(task.cancelled):
        task.cancel()
    assert len(reports) < 2000
    assert succeeded == []


def test_the_progress_callback_raises_once_cancelled(qtbot):
    caught = []

    def work(progress):
        while True:
            try:
                progress(0, 0)
            except CancelledError as error:
                caught.append(error)
                raise
            sleep(0.001)

    task = Task("等", work)
    with qtbot.waitSignal(task.progressed):
        task.start()
    with qtbot.waitSignal(task.ended):
        task.cancel()
    assert len(caught) == 1


@pytest.mark.parametrize("error", [ValueError("坏"), KeyError("x")])
def test_an_error_in_the_work_is_carried_back(qtbot, error):
    def work(progress):
        raise error

    task = Task("坏", work)
    with qtbot.waitSignal(task.failed) as failed:
        task.start()
    assert failed.args == [error]
    assert error.__traceback__ is not None
