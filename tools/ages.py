"""How old each locked release is, the oldest first, and which has a newer one.

usage: uv run --no-project --with pypi-simple python -m tools.ages requirements/run.txt
"""

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from packaging.version import Version
from pypi_simple import PyPISimple

_LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


def main(file: str) -> None:
    """Print a line for each locked release: name, version, release date, days, newest version."""
    locked = _LOCKED.findall(Path(file).read_text(encoding="utf-8"))
    with PyPISimple() as index, ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda each: _told(index, *each), locked))
    for days, name, version, released, newest in sorted(told, reverse=True):
        newer = f"newest {newest}" if newest != version else ""
        print(f"{name:<28}{version:<14}{released:%Y-%m-%d}{days:>6} days  {newer}")
    behind = sum(newest != version for *_, version, _, newest in told)
    print(f"{len(told)} locked, {behind} with a newer release")


def _told(index: PyPISimple, name: str, version: str) -> tuple[int, str, str, datetime, str]:
    # Wheels alone: versions of before there were any need not be read.
    files = [file for file in index.get_project_page(name).packages if file.package_type == "wheel"]
    newest = max(
        (Version(file.version) for file in files if not file.is_yanked),
        key=lambda each: (not each.is_prerelease, each),
    )
    released = min(file.upload_time for file in files if file.version == version)
    return (datetime.now(UTC) - released).days, name, version, released, str(newest)


if __name__ == "__main__":
    main(sys.argv[1])
