"""Writes what analyses of texts have in common, by which each is packed.

usage: python -m tools.build_analyses_dictionary

Made of the pairs that the engine is developed on. Whoever writes it anew raises ANALYSIS_VERSION:
what was packed by another one cannot be read any more.
"""

import json
from pathlib import Path

from api.contradictions import analyse

_ROOT = Path(__file__).parents[1]
_PAIRS = _ROOT / "tests/contradictions/pairs/pairs_dev.jsonl"
_TARGET = _ROOT / "api/contradictions/data/analyses.zdict"
_BYTES = 1 << 14


def main() -> None:
    """Write the file: the analyses of as many texts as fit, the shortest and most usual last."""
    pairs = [json.loads(line) for line in _PAIRS.read_text(encoding="utf-8").splitlines()]
    read = analyse(sorted({pair[side] for pair in pairs for side in ("a", "b")}))
    plain = sorted((each.plain() for each in read), key=lambda each: (-len(each), each))
    _TARGET.write_bytes(b"".join(plain)[-_BYTES:])


if __name__ == "__main__":
    main()
