"""Ranges of days in every order: what the indexes are read for is what the words say."""

from itertools import product

import pytest

SAID = ["2026-03-14", "2026-03", "../2026-02-01", "2025-12-30/..", None, "2024", "2026-02-01"]
SAID += ["2026-02-20/2026-04-02", "2026-03-14~", "2026-01-31/2026-02-01", "2027"]
DAYS = [None, "2024-12-31", "2026-01-31", "2026-02-01", "2026-03-14", "2026-04-03"]


def passes(item, start, end, match):
    first, last = item["said_earliest"], item["said_latest"]
    if item["said_on"] is None:
        return False
    if match == "overlaps":
        return (not start or not last or last >= start) and (not end or not first or first <= end)
    if (start and (not first or first < start)) or (end and (not last or last > end)):
        return False
    return match == "within" or (bool(first and last) and "~" not in item["said_on"])


@pytest.mark.parametrize("sort", ["-said_on", "said_on", "-created_at", "relevance"])
def test_a_range_of_days_gives_what_its_words_say_in_the_lists_order(client, record, listing, sort):
    for number, said_on in enumerate(SAID * 2):
        made = record(f"harbour {number}", said_on=said_on)
        if number % 5 == 4:
            client.delete(f"/v1/statements/{made['id']}")
    both = {"status": ["active", "retracted"]}
    asked = [{}, both] if sort != "relevance" else [{"q": "harbour"}]
    for more in asked:
        every = listing("/v1/statements", sort=sort, **more)
        for start, end, match in product(DAYS, DAYS, ["overlaps", "within", "certain"]):
            if not (start or end) or (start and end and start > end):
                continue
            days = {"said_from": start, "said_to": end, "said_match": match}
            given = {name: value for name, value in days.items() if value}
            found = listing("/v1/statements", sort=sort, limit=7, **given, **more)
            wanted = [each["id"] for each in every if passes(each, start, end, match)]
            assert [each["id"] for each in found] == wanted, (given, more)
