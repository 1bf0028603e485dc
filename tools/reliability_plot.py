"""Reliability plots: how often what got a score was right, as a small SVG."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_SIZE, _MARGIN = 360, 48
_TENTHS = 10


def tenths(observed: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Pool observations by the tenth of the scale they lie in.

    Args:
        observed: a score, whether it was right (1 or 0), and how often it counts.

    Returns:
        For each tenth that holds something: mean score, share that was right, how many.
    """
    pools: list[list[tuple[float, float, float]]] = [[] for _ in range(_TENTHS)]
    for score, right, times in observed:
        pools[min(_TENTHS - 1, int(score * _TENTHS))].append((score, right, times))
    found = []
    for pool in filter(None, pools):
        total = sum(times for *_, times in pool)
        mean = sum(score * times for score, _, times in pool) / total
        found.append((mean, sum(right * times for _, right, times in pool) / total, total))
    return found


def write(points: list[tuple[float, float, float]], path: Path, title: str) -> None:
    """Draw points as ``tenths`` gives them; on the dashed line a score means what it says."""
    most = max(total for *_, total in points)
    dots = "\n".join(
        f'<circle cx="{_x(mean):.1f}" cy="{_y(share):.1f}" r="{3 + 7 * (total / most) ** 0.5:.1f}">'
        f"<title>{mean:.2f}: {share:.2f} of {total:.0f}</title></circle>"
        for mean, share, total in points
    )
    ticks = "\n".join(
        f'<text x="{_x(at):.1f}" y="{_y(0) + 16}" text-anchor="middle">{at:.1f}</text>'
        f'<text x="{_x(0) - 8}" y="{_y(at) + 4:.1f}" text-anchor="end">{at:.1f}</text>'
        for at in (0, 0.2, 0.4, 0.6, 0.8, 1)
    )
    line = " ".join(f"{_x(mean):.1f},{_y(share):.1f}" for mean, share, _ in points)
    path.write_text(
        f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" \
font-family="sans-serif" font-size="11" fill="#333">
<rect width="{_SIZE}" height="{_SIZE}" fill="#fff"/>
<text x="{_SIZE / 2}" y="18" text-anchor="middle" font-size="13">{title}</text>
<rect x="{_x(0)}" y="{_y(1)}" width="{_x(1) - _x(0)}" height="{_y(0) - _y(1)}" fill="none" \
stroke="#999"/>
<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="4 4"/>
{ticks}
<text x="{_SIZE / 2}" y="{_SIZE - 8}" text-anchor="middle">score given</text>
<text transform="translate(14 {_SIZE / 2}) rotate(-90)" text-anchor="middle">share right</text>
<polyline points="{line}" fill="none" stroke="#1f6f8b"/>
<g fill="#1f6f8b">
{dots}
</g>
</svg>
""",
        encoding="utf-8",
    )


def _x(share: float) -> float:
    return _MARGIN + share * (_SIZE - 2 * _MARGIN)


def _y(share: float) -> float:
    return _SIZE - _MARGIN - share * (_SIZE - 2 * _MARGIN)
