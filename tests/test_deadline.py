"""Deadlines, and the lock that threads take in turn."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from math import inf
from time import monotonic

import pytest

from api.deadline import (
    DeadlineExceeded,
    check_deadline,
    deadline,
    postpone_deadline,
    set_deadline,
    within,
)
from api.fair_lock import FairLock


@pytest.fixture(autouse=True)
def _ended():
    yield
    set_deadline(inf)


def test_without_a_deadline_work_goes_on():
    check_deadline("reading")
    assert deadline().left == inf


def test_one_that_passed_tells_the_stage_and_the_limit():
    set_deadline(-1)
    with pytest.raises(DeadlineExceeded, match="longer than -1 seconds, and was comparing"):
        check_deadline("comparing")


def test_a_part_has_no_longer_than_the_whole():
    with within(100):
        until = deadline().until
        with within(1_000):
            assert deadline().until == until
        with within(1):
            assert deadline().until < until
        assert deadline().until == until
        postpone_deadline(5)
        assert deadline().until == until + 5
    assert deadline().until == inf


def test_it_passes_between_processes():
    error = pickle.loads(pickle.dumps(DeadlineExceeded("comparing", 5)))
    assert (error.stage, error.seconds, str(error)) == (
        "comparing",
        5,
        "It took longer than 5 seconds, and was comparing.",
    )


def test_a_lock_is_given_to_those_who_wait_in_their_order():
    lock, taken = FairLock(), []
    assert lock.acquire(inf)

    def take(number):
        assert lock.acquire(monotonic() + 60)
        taken.append(number)
        lock.release()

    with ThreadPoolExecutor(5) as pool:
        for number in range(5):
            pool.submit(take, number)
            while len(lock._waiting) <= number:
                pass
        # Who lets go of it and asks again comes last.
        lock.release()
        assert lock.acquire(monotonic() + 60)
        taken.append("again")
        lock.release()
    assert taken == [0, 1, 2, 3, 4, "again"]


def test_who_waits_in_vain_goes_away_and_keeps_nobody():
    lock = FairLock()
    assert lock.acquire(inf)
    assert not lock.acquire(monotonic())
    lock.release()
    assert lock.acquire(monotonic())
