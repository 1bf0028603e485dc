"""An ONNX cross-encoder that the user brings, asked where two are comparable and no rule spoke.

A model's folder holds ``model.onnx``, ``tokenizer.json`` and, where there is one, ``config.json``,
as the exporters of such models write them. It needs ``pip install counterclaim[nli]``.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 256
"""Tokens of a pair that the model sees; the rest of a longer one is cut off."""

BATCH = 32
"""Pairs that the model reads at once."""

# Premise, hypothesis and what they are to each other, from which the order of labels is found out.
_KNOWN = (
    ("A man is sleeping.", "A man is awake.", "contradiction"),
    ("The door is open.", "The door is closed.", "contradiction"),
    ("Nobody came to the party.", "Many people came to the party.", "contradiction"),
    ("A man is sleeping on a sofa.", "A man is sleeping.", "other"),
    ("The red door is open.", "The door is open.", "other"),
    ("A woman reads a book.", "The weather is good.", "other"),
)


class ModelUnusable(Exception):
    """The folder holds no model that can be used; the message says what is missing."""


class SecondOpinion:
    """A model that says how surely two texts contradict each other.

    Args:
        folder: where the model lies.

    Raises:
        ModelUnusable: files or packages are missing, or no label can be told to mean contradiction.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import onnxruntime
            from tokenizers import Tokenizer
        except ImportError as error:
            raise ModelUnusable("A model needs more packages: counterclaim[nli].") from error
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelUnusable(f"There is no {name} in {folder}.")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        # One thread adds up in one order: the same pair gets the same answer on every run.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {each.name for each in self._session.get_inputs()}
        self.digest = hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()[:12]
        self._label = _configured_label(folder / "config.json")
        if self._label is None:
            self._label = self._probed_label()

    def contradict(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How surely each pair contradicts, in [0, 1]: the mean over both orders of its texts."""
        both = [order for a, b in pairs for order in ((a, b), (b, a))]
        values = [row[self._label] for row in self._probabilities(both)]
        return [
            round((one + other) / 2, 3)
            for one, other in zip(values[::2], values[1::2], strict=True)
        ]

    def _probabilities(self, pairs: Sequence[tuple[str, str]]) -> Iterator[Any]:
        import numpy

        for start in range(0, len(pairs), BATCH):
            encoded = self._tokenizer.encode_batch(list(pairs[start : start + BATCH]))
            given = {
                "input_ids": numpy.array([each.ids for each in encoded], dtype=numpy.int64),
                "attention_mask": numpy.array(
                    [each.attention_mask for each in encoded], dtype=numpy.int64
                ),
                "token_type_ids": numpy.array(
                    [each.type_ids for each in encoded], dtype=numpy.int64
                ),
            }
            (logits,) = self._session.run(
                None, {name: value for name, value in given.items() if name in self._inputs}
            )
            powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
            yield from (powers / powers.sum(axis=1, keepdims=True)).tolist()

    def _probed_label(self) -> int:
        """The label that tells the known contradictions from the rest."""
        rows = list(self._probabilities([(a, b) for a, b, _ in _KNOWN]))
        margins = []
        for label in range(len(rows[0])):
            scores: dict[str, list[float]] = {"contradiction": [], "other": []}
            for row, (_, _, truth) in zip(rows, _KNOWN, strict=True):
                scores[truth].append(row[label])
            margins.append(min(scores["contradiction"]) - max(scores["other"]))
        best = max(range(len(margins)), key=margins.__getitem__)
        if margins[best] <= 0:
            raise ModelUnusable(
                "No label of the model can be told to mean contradiction: add its config.json."
            )
        return best


@cache
def second_opinion(folder: str) -> SecondOpinion | None:
    """The model in a folder, loaded once a process; None for an empty path.

    Raises:
        ModelUnusable: see ``SecondOpinion``.
    """
    return SecondOpinion(Path(folder)) if folder else None


def _configured_label(config: Path) -> int | None:
    """The label that a model's own description calls contradiction, or None."""
    if not config.is_file():
        return None
    names = json.loads(config.read_text(encoding="utf-8")).get("id2label", {})
    named = [int(label) for label, name in names.items() if "contradict" in str(name).lower()]
    return named[0] if len(named) == 1 else None
