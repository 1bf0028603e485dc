"""Turns of a stand, from random dates, held against what the words mean."""

import random

import pytest

from api.services.positions.position_changes import Stand, When, order_of, position_changes

OPPOSITE = {"affirms": "denies", "denies": "affirms"}


def drawn(draw, number):
    if draw.random() < 0.1:
        when = When(None, None, None)
    else:
        first, last = sorted(draw.choices(range(1, 13), k=2))
        earliest = None if draw.random() < 0.1 else f"2025-{first:02d}-01"
        latest = None if earliest and draw.random() < 0.1 else f"2025-{last:02d}-28"
        when = When(draw.choice(["2025", "2025~"]), earliest, latest)
    stance = draw.choice(["affirms", "denies", "conditional", "unclear"])
    condition = draw.choice([None, "if"]) if stance == "conditional" else None
    return Stand(number, stance, condition, draw.choice([b"a", b"b"]), when)


@pytest.mark.parametrize("seed", range(300))
def test_a_turn_is_what_its_name_says(seed):
    draw = random.Random(seed)
    stands = [drawn(draw, number) for number in range(draw.randrange(2, 9))]
    stands.sort(key=lambda each: (each.when, each.statement))
    for at, own in enumerate(stands):
        before, after = stands[:at], stands[at + 1 :]
        assert not any(each.when.is_before(own.when) for each in after), "the order is that of time"
        dismissed = {each.statement: "other" for each in before if draw.random() < 0.2}
        opposed = [each for each in before if each.stance == OPPOSITE.get(own.stance)]
        held = [each for each in opposed if each.statement not in dismissed]
        sure = [
            each
            for each in before
            if each.stance in OPPOSITE
            and each.statement not in dismissed
            and each.when.is_before(own.when)
        ]
        turned = [
            each
            for each in held
            if each in sure and not any(each.when.is_before(other.when) for other in sure)
        ]
        found = {turn.kind: turn for turn in position_changes(own, before, dismissed)}
        assert ("reversal" in found) == bool(turned)
        assert ("inconsistency" in found) == any(not p.when.is_before(own.when) for p in held)
        assert ("dismissed" in found) == (len(held) < len(opposed))
        for turn in found.values():
            assert turn.later == own and turn.earlier in before
            assert turn.order == order_of(turn.earlier.when, own.when)
        if "reversal" in found:
            assert found["reversal"].earlier in turned
            assert found["reversal"].order != "uncertain"
        if "conditional" in found or "refinement" in found:
            clear = [each for each in before if each.stance != "unclear"]
            turn = found.get("conditional") or found["refinement"]
            assert turn.earlier == clear[-1]
            same = turn.earlier.stance == own.stance
            assert ("conditional" in {turn.earlier.stance, own.stance}) or same
