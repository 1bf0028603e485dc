"""Random stances, revisions, retractions, merges and reviews, held against a simple account of it.

The account knows nothing of how it is done: it says, from what is there in the end, which pairs
must stand against each other.
"""

import random
from itertools import combinations

import pytest

SPEAKERS = ["Ada Brook", "Bo Falk", "Cy Holm"]
STANCES = ["affirms", "denies", "conditional", "unclear"]
OPPOSED = {"affirms", "denies"}


class Account:
    """What was done, in words, speakers and stances."""

    def __init__(self, client, record, add, seed):
        self.client, self.record = client, record
        self.draw = random.Random(seed)
        self.propositions = [add("/v1/propositions", text=f"Satz {n}")["id"] for n in range(3)]
        self.speakers = {
            add("/v1/speakers", name=name, kind="person")["id"]: None for name in SPEAKERS
        }
        self.said = {}
        self.decided = {}

    def step(self):
        acts = [self.say] * 3 + [self.take] * 12 + [self.take_back] * 3
        acts += [self.reword] * 3 + [self.retract, self.merge, self.decide, self.decide]
        self.draw.choice(acts)()

    def say(self):
        speaker = self.draw.choice(list(self.speakers))
        answer = self.record(f"Aussage {self.draw.random()}", speaker={"id": speaker})
        self.said[answer["id"]] = {
            "text": answer["text"],
            "speaker": answer["speaker"]["id"],
            "stances": {},
        }

    def take(self):
        if self.said:
            number, proposition = self._any(), self.draw.choice(self.propositions)
            stance, said = self.draw.choice(STANCES), self.said[number]
            self._call("PUT", f"{number}/stances/{proposition}", {"stance": stance})
            said["stances"][proposition] = (stance, said["text"])

    def take_back(self):
        taken = [(n, p) for n, said in self.said.items() for p in said["stances"]]
        if taken:
            number, proposition = self.draw.choice(taken)
            self._call("DELETE", f"{number}/stances/{proposition}")
            del self.said[number]["stances"][proposition]

    def reword(self):
        if self.said:
            number = self._any()
            words = [f"Aussage {self.draw.random()}"]
            words += [text for _, text in self.said[number]["stances"].values()]
            text = self.draw.choice(words)
            self._call("PATCH", f"{number}", {"text": text})
            self.said[number]["text"] = text

    def retract(self):
        if self.said:
            number = self._any()
            self._call("DELETE", f"{number}")
            del self.said[number]

    def merge(self):
        if len(self.speakers) > 1 and self.draw.random() < 0.5:
            duplicate, into = self.draw.sample(list(self.speakers), 2)
            address = f"/v1/speakers/{duplicate}/merge"
            assert self.client.post(address, json={"into": into}).status_code == 200
            kept = {}
            for pair, status in self.decided.items():
                renamed = frozenset((text, into if by == duplicate else by) for text, by in pair)
                # A decision on two speakers' pair says nothing of one speaker's own.
                was_own, is_own = (len({by for _, by in each}) == 1 for each in (pair, renamed))
                if was_own == is_own:
                    kept[renamed] = status
            self.decided |= kept
            for said in self.said.values():
                said["speaker"] = into if said["speaker"] == duplicate else said["speaker"]
            del self.speakers[duplicate]

    def decide(self):
        standing = self.shown("flagged", "candidate")
        if standing:
            pair = self.draw.choice(sorted(standing, key=sorted))
            status = self.draw.choice(["confirmed", "dismissed"])
            reason = {"reason": "other"} if status == "dismissed" else {}
            address = f"/v1/contradictions/{standing[pair]['id']}"
            assert self.client.patch(address, json={"status": status, **reason}).status_code == 200
            self.decided[self._key(pair)] = status

    def shown(self, *status):
        answer = self.client.get(
            "/v1/contradictions", query_string={"status": status, "limit": 200}
        ).json
        assert answer["next"] is None
        return {
            frozenset(side["id"] for side in each["statements"]): each for each in answer["items"]
        }

    def expected(self):
        """The status of each pair that is opposed, and whether it is one speaker's own."""
        found = {}
        for pair in map(frozenset, combinations(self.said, 2)):
            first, second = (self.said[number] for number in pair)
            opposed = [
                all(said["stances"][p][1] == said["text"] for said in (first, second))
                for p in first["stances"].keys() & second["stances"].keys()
                if {first["stances"][p][0], second["stances"][p][0]} == OPPOSED
            ]
            if opposed:
                status = "flagged" if any(opposed) else "candidate"
                own = "same" if first["speaker"] == second["speaker"] else "cross"
                found[pair] = (self.decided.get(self._key(pair), status), f"{own}_speaker")
        return found

    def _key(self, pair):
        return frozenset((self.said[n]["text"], self.said[n]["speaker"]) for n in pair)

    def _any(self):
        return self.draw.choice(list(self.said))

    def _call(self, method, address, body=None):
        answer = self.client.open(f"/v1/statements/{address}", method=method, json=body)
        assert answer.status_code < 300, answer.text


@pytest.mark.parametrize("seed", range(8))
def test_what_stands_is_what_the_stances_say(client, record, add, seed):
    account = Account(client, record, add, seed)
    for _ in range(60):
        account.step()
        expected = account.expected()
        shown = account.shown("candidate", "flagged", "confirmed", "dismissed")
        found = {pair: (each["status"], each["scope"]) for pair, each in shown.items()}
        # A stale stance raises nothing anew; what a person decided stays when the stances go.
        missing = expected.keys() - found.keys()
        assert {expected[pair][0] for pair in missing} <= {"candidate"}
        beyond = found.keys() - expected.keys()
        assert all(found[p][0] == account.decided[account._key(p)] for p in beyond)
        for pair in expected.keys() & found.keys():
            assert found[pair] == expected[pair]
    for number in account.said:
        count = client.get(f"/v1/statements/{number}").json["contradiction_count"]
        standing = account.shown("flagged", "confirmed")
        assert count == sum(number in pair for pair in standing)
