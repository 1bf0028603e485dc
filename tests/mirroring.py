"""A mirror of a ledger, kept from ``/v1/changes`` alone: what docs/mirrors.md says one derives."""

from collections import Counter
from typing import Any

from api.language.dates.edtf_dates import span

_BRIEF = ("id", "title", "publisher", "url", "published_on")
_AUTHOR = ("name", "kind", "url")
_RATING = {name: name for name in ("value", "best", "worst", "label", "explanation")}


class Mirror:
    """Things by kind and id, each as its latest version recorded it."""

    def __init__(self) -> None:
        self.since: str | None = None
        self.versions: dict[tuple[str, int], int] = {}
        self.things: dict[str, dict[int, dict[str, Any]]] = {}

    def take(self, page: dict[str, Any]) -> None:
        """Apply a page of the feed, which must leave nothing out and tell nothing twice."""
        for change in page["items"]:
            key = (change["subject"], change["id"])
            assert change["version"] == self.versions.get(key, 0) + 1, change
            self.versions[key] = change["version"]
            kind = self.things.setdefault(change["subject"], {})
            if change["action"] == "deleted":
                del kind[change["id"]]
                continue
            times = kind.get(change["id"], {"created_at": change["at"]})
            if change["record"] is None:
                # Its words were redacted since: a later version says how it reads now, or that it
                # is gone. What was gone before stays so.
                if change["action"] != "redacted":
                    kind[change["id"]] = times
                continue
            kind[change["id"]] = {
                **change["record"],
                "version": change["version"],
                "created_at": times["created_at"],
                "updated_at": change["at"],
            }
        self.since = page["since"]

    def shown(self, subject: str) -> dict[int, dict[str, Any]]:
        """The things of a kind as the API shows them, made of nothing but records."""
        made = getattr(self, f"_{subject}")
        return {i: made(thing) for i, thing in self.things.get(subject, {}).items()}

    def _speaker(self, thing: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in thing.items() if name != "merged_into_id"}

    def _source(self, thing: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in thing.items() if name != "text_hash"}

    def _brief(self, source_id: int | None) -> dict[str, Any] | None:
        if source_id is None:
            return None
        return {name: self.things["source"][source_id][name] for name in _BRIEF}

    def _statement(self, thing: dict[str, Any]) -> dict[str, Any]:
        shown = {
            name: value
            for name, value in thing.items()
            if name not in ("speaker_id", "source_id", "external_ids")
        }
        speaker = self.things["speaker"][thing["speaker_id"]]
        said = span(thing["said_on"]) if thing["said_on"] else None
        standing = Counter(
            side
            for pair in self.things.get("contradiction", {}).values()
            if pair["status"] in ("flagged", "confirmed")
            for side in (pair["first_id"], pair["second_id"])
        )
        appeared = Counter(
            each["statement_id"] for each in self.things.get("appearance", {}).values()
        )
        return shown | {
            "speaker": {name: speaker[name] for name in ("id", "name", "kind")},
            "source": self._brief(thing["source_id"]),
            "said_earliest": said and said.earliest,
            "said_latest": said and said.latest,
            "appearances": appeared[thing["id"]],
            "contradiction_count": standing[thing["id"]],
        }

    def _appearance(self, thing: dict[str, Any]) -> dict[str, Any]:
        shown = {name: thing[name] for name in thing if name not in ("statement_id", "source_id")}
        return shown | {
            "statement": thing["statement_id"],
            "source": self._brief(thing["source_id"]),
        }

    def _cross_reference(self, thing: dict[str, Any]) -> dict[str, Any]:
        return {name.removesuffix("_id"): value for name, value in thing.items()}

    def _review(self, thing: dict[str, Any]) -> dict[str, Any]:
        parts = {"rating": _RATING, "author": {f"author_{name}": name for name in _AUTHOR}}
        taken = {"statement_id", *parts["rating"], *parts["author"]}
        return {
            **{name: value for name, value in thing.items() if name not in taken},
            **{
                part: {name: thing[own] for own, name in names.items()}
                for part, names in parts.items()
            },
            "statement": self._statement(self.things["statement"][thing["statement_id"]]),
        }

    def _contradiction(self, thing: dict[str, Any]) -> dict[str, Any]:
        shown = {name: thing[name] for name in thing if name not in ("first_id", "second_id")}
        sides = (self.things["statement"][thing[side]] for side in ("first_id", "second_id"))
        return shown | {"statements": [self._statement(side) for side in sides]}
