"""The queues in front of the application: who is worked on, who waits, and who finds no room."""

from queue import SimpleQueue
from threading import Thread

import pytest

from api.web.middleware.request_queues import QueueFull, QueueTimeout, RequestQueue

PATIENCE_SECONDS = 30


def waiting(queue, name, begun, writes=False):
    """A request that waits in a queue; tells its name as it begins."""

    def enter():
        queue.enter(writes)
        begun.put(name)

    before = len(queue._reads) + len(queue._writes)
    thread = Thread(target=enter, daemon=True)
    thread.start()
    while len(queue._reads) + len(queue._writes) == before:
        thread.join(0.001)
    return thread


def test_those_beyond_the_slots_wait_in_order_and_others_find_no_room():
    queue, begun = RequestQueue(2, 2, None), SimpleQueue()
    queue.enter(False)
    queue.enter(False)
    for name in "ab":
        waiting(queue, name, begun)
    with pytest.raises(QueueFull):
        queue.enter(False)
    queue.leave(False)
    assert begun.get(timeout=PATIENCE_SECONDS) == "a"
    waiting(queue, "c", begun)
    for name in "bc":
        queue.leave(False)
        assert begun.get(timeout=PATIENCE_SECONDS) == name
    assert begun.empty()


def test_a_slot_that_nobody_waits_for_is_free_again():
    queue = RequestQueue(1, 0, None)
    for _ in range(3):
        queue.enter(False)
        with pytest.raises(QueueFull):
            queue.enter(False)
        queue.leave(False)


def test_who_waited_too_long_leaves_the_queue():
    queue, begun = RequestQueue(1, 5, 0.01), SimpleQueue()
    queue.enter(False)
    with pytest.raises(QueueTimeout):
        queue.enter(False)
    # His place is nobody's: the slot is free for who comes next.
    queue.leave(False)
    queue.enter(False)
    queue.leave(False)
    assert begun.empty()


def test_without_a_limit_any_number_waits():
    queue, begun = RequestQueue(1, None, None), SimpleQueue()
    queue.enter(False)
    for name in range(50):
        waiting(queue, name, begun)
    for name in range(50):
        queue.leave(False)
        assert begun.get(timeout=PATIENCE_SECONDS) == name


def test_what_writes_leaves_a_slot_to_what_reads():
    queue, begun = RequestQueue(2, 1, None), SimpleQueue()
    queue.enter(True)
    waiting(queue, "write", begun, writes=True)
    with pytest.raises(QueueFull):
        queue.enter(True)
    queue.enter(False)
    queue.leave(False)
    assert begun.empty()
    queue.leave(True)
    assert begun.get(timeout=PATIENCE_SECONDS) == "write"


def test_who_came_first_begins_first_whichever_kind_he_is():
    queue, begun = RequestQueue(1, 5, None), SimpleQueue()
    queue.enter(False)
    kinds = {"a": True, "b": False, "c": True}
    for name, writes in kinds.items():
        waiting(queue, name, begun, writes)
    left = False
    for name, writes in kinds.items():
        queue.leave(left)
        assert begun.get(timeout=PATIENCE_SECONDS) == name
        left = writes
