"""The threads of a worker: who is handled, who waits, and who finds no room."""

from queue import SimpleQueue
from threading import Event

import pytest

from api.server.queues import Threads

PATIENCE_SECONDS = 30


class Asked:
    """A request, as far as its turn depends on it; handling it takes until it is let go."""

    def __init__(self, name, writes=False):
        self.name, self.writes = name, writes
        self.go = Event()


@pytest.fixture
def begun():
    return SimpleQueue()


@pytest.fixture
def threads(begun):
    made = []

    def make(number=2, most_writing=1, most_waiting=2):
        def handle(asked):
            begun.put(asked.name)
            asked.go.wait(PATIENCE_SECONDS)

        made.append(Threads(handle, number, most_writing, most_waiting))
        return made[0]

    yield make
    made[0].shutdown()


def names(begun, count):
    return [begun.get(timeout=PATIENCE_SECONDS) for _ in range(count)]


def test_as_many_as_there_are_threads_begin_some_wait_and_others_find_no_room(threads, begun):
    line = threads(number=2, most_waiting=2)
    asked = [Asked(name) for name in "abcde"]
    assert [line.take(each) for each in asked] == [True, True, True, True, False]
    assert sorted(names(begun, 2)) == ["a", "b"]
    assert begun.empty()
    asked[0].go.set()
    assert names(begun, 1) == ["c"]
    again = Asked("f")
    assert line.take(again)
    for each in (*asked, again):
        each.go.set()
    assert names(begun, 2) == ["d", "f"]


def test_what_writes_leaves_a_thread_to_what_reads(threads, begun):
    line = threads(number=2, most_writing=1, most_waiting=2)
    writes = [Asked(name, writes=True) for name in "abcd"]
    assert [line.take(each) for each in writes] == [True, True, True, False]
    assert names(begun, 1) == ["a"]
    read = Asked("read")
    assert line.take(read)
    assert names(begun, 1) == ["read"]
    for each in (*writes, read):
        each.go.set()
    assert names(begun, 2) == ["b", "c"]


def test_who_came_first_is_handled_first_whichever_he_is(threads, begun):
    line = threads(number=1, most_writing=1, most_waiting=3)
    asked = [Asked("a"), Asked("b", writes=True), Asked("c"), Asked("d", writes=True)]
    for each in asked:
        assert line.take(each)
        each.go.set()
    assert names(begun, 4) == ["a", "b", "c", "d"]


def test_who_waits_too_long_waits_no_longer(threads, begun):
    line = threads(number=1, most_waiting=2)
    asked = [Asked("a"), Asked("b"), Asked("c", writes=True)]
    for each in asked:
        assert line.take(each)
    assert names(begun, 1) == ["a"]
    assert line.late(asked[1].waits_since) == []
    assert line.late(asked[2].waits_since) == [asked[1]]
    asked[0].go.set()
    asked[2].go.set()
    assert names(begun, 1) == ["c"]
