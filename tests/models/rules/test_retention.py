"""Which backups stay as they age."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.retention import kept

NOW = datetime(2026, 11, 23, 18, 0)
MOMENTS = st.sets(
    st.datetimes(NOW - timedelta(days=1500), NOW + timedelta(days=3)).map(lambda each: each.replace(microsecond=0)),
    max_size=80,
)


def every(step, count):
    return [NOW - step * number for number in range(count)]


def test_everything_of_two_days_stays():
    hourly = every(timedelta(hours=1), 49)
    assert kept(hourly, NOW) == set(hourly)


def test_then_one_a_day_a_week_and_a_month():
    stay = kept(every(timedelta(hours=6), 4 * 365 * 3), NOW)
    older = sorted(moment for moment in stay if NOW - moment > timedelta(hours=48))
    assert len({moment.date() for moment in older if NOW - moment <= timedelta(days=13)}) == 11
    assert len({moment.isocalendar()[:2] for moment in stay if NOW - moment <= timedelta(weeks=7)}) == 8
    assert len({(moment.year, moment.month) for moment in stay}) == 24
    assert len(stay) < 9 + 14 + 8 + 24
    assert min(stay) >= datetime(2024, 12, 1)


def test_of_a_day_the_last_stays():
    morning, evening = datetime(2026, 11, 10, 8), datetime(2026, 11, 10, 17)
    assert kept([morning, evening, NOW], NOW) == {evening, NOW}


def test_who_rarely_backs_up_keeps_everything():
    yearly = every(timedelta(days=365), 10)
    assert kept(yearly, NOW) == set(yearly)


def test_a_clock_gone_wrong_costs_nothing():
    future = [NOW + timedelta(days=400), NOW + timedelta(days=400, hours=1)]
    assert kept(future, NOW) == set(future)
    assert kept([], NOW) == set()


@given(MOMENTS)
def test_the_newest_stays_and_thinning_again_removes_nothing(moments):
    stay = kept(moments, NOW)
    assert stay <= moments
    assert not moments or max(moments) in stay
    assert {moment for moment in moments if NOW - moment <= timedelta(hours=48)} <= stay
    assert kept(stay, NOW) == stay


@given(MOMENTS, st.datetimes(NOW, NOW + timedelta(days=3)))
def test_a_new_backup_never_costs_more_than_one_of_each_kind(moments, new):
    lost = kept(moments, NOW) - kept(kept(moments, NOW) | {new}, NOW)
    assert len(lost) <= 3
