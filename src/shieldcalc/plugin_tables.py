"""What must hold of a plugin's tables of nuclides and workload distributions: (field, value, what is wanted)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from math import isfinite

from shieldcalc.model.catalog import Distribution, NuclideTable
from shieldcalc.tables import table

Wrong = tuple[str, object, str]
MOST_MEV = 20.0
ROUNDING = 1e-3
MISSING, MISSING_MEV = 0.05, 0.002  # lines below 1 keV and rounding: ICRP 107's own nuclides lack no more


def nuclides(thing: NuclideTable) -> Iterator[Wrong]:
    """Yield what is wrong with nuclides and their lines; DataError for a file that is no table."""
    from shieldcalc.photons.nuclides import LINES_TABLE, NUCLIDES_TABLE

    for field, path, own in (("nuclides", thing.nuclides, NUCLIDES_TABLE), ("lines", thing.lines, LINES_TABLE)):
        missing = set(table(own).columns) - set(table(path).columns)
        if missing:
            yield field, path, ",".join(table(own).columns)
            return
    rows = table(thing.nuclides).rows
    names = [row["nuclide"] for row in rows]
    if not names or max(Counter(names).values()) > 1:
        yield "nuclides", ", ".join(names), "each name once"
    for row in rows:
        yield from _nuclide(row)
        yield from _photons(row, thing)
    for row in table(thing.lines).rows:
        if row["nuclide"] not in names:
            yield "lines", _cells(row), ", ".join(names)
        elif not (0 < _number(row["energy_MeV"]) <= MOST_MEV and 0 < _number(row["yield"]) < 1 / ROUNDING):
            yield "lines", _cells(row), f"0 < energy_MeV <= {MOST_MEV:g}, yield > 0"


def _nuclide(row: Mapping[str, str]) -> Iterator[Wrong]:
    """Yield what is wrong with one nuclide: its name's spelling, half-life, energies, daughters."""
    from shieldcalc.photons.nuclides import SECONDS, is_neutron_source, spelled

    name = row["nuclide"]
    if name != spelled(name) or is_neutron_source(name):
        yield "nuclides", name, spelled(name)
    if not (_number(row["half_life"]) > 0 and row["half_life_unit"] in SECONDS):
        yield "nuclides", _cells(row), f"half_life > 0; {', '.join(SECONDS)}"
    if not all(_number(row[key]) >= 0 for key in ("E_electron_MeV", "E_photon_MeV", "kerma")):
        yield "nuclides", _cells(row), "E_electron_MeV, E_photon_MeV, kerma >= 0"
    shares = [part.partition("=") for part in row["daughters"].split(";") if part]
    whole = sum(_number(share) for _, _, share in shares)
    if not all(_number(share) > 0 and each != name for each, _, share in shares) or not whole <= 1 + ROUNDING:
        yield "nuclides", row["daughters"], "NAME=share;NAME=share, sum <= 1"


def _photons(row: Mapping[str, str], thing: NuclideTable) -> Iterator[Wrong]:
    """Yield a nuclide whose lines hold less photon energy than it is said to emit per decay."""
    lines = table(thing.lines).where(nuclide=row["nuclide"])
    held, said = sum(_number(each["energy_MeV"]) * _number(each["yield"]) for each in lines), row["E_photon_MeV"]
    if held < (1 - MISSING) * _number(said) - MISSING_MEV:
        yield "lines", f"{row['nuclide']}: {held:g} MeV", f"E_photon_MeV = {said}"


def distribution(thing: Distribution) -> Iterator[Wrong]:
    """Yield what is wrong with a workload distribution: potentials of tungsten tubes, each once, workload above 0."""
    from shieldcalc.beams import constant

    low, high = constant("output_molybdenum_kv_max"), constant("output_tungsten_kv_max")
    if not {"kvp", thing.column} <= set(table(thing.table).columns):
        yield "table", thing.table, f"kvp,{thing.column}"
        return
    pairs = [(_number(row["kvp"]), _number(row[thing.column])) for row in table(thing.table).rows]
    wrong = next((kv for kv, mA_min in pairs if not (mA_min == 0 or (low < kv <= high and mA_min > 0))), None)
    if wrong is not None or len({kv for kv, _ in pairs}) < len(pairs) or not sum(mA_min for _, mA_min in pairs) > 0:
        yield "table", wrong or thing.table, f"{low:g} < kvp <= {high:g}, mA min >= 0"
    for field in ("field_cm2", "field_at_m"):
        value = getattr(thing, field)
        if not (isinstance(value, int | float) and isfinite(value) and value > 0):
            yield field, value, "> 0"


def _number(text: str) -> float:
    """Return a finite number; -1, which nothing here may be, for anything else."""
    try:
        value = float(text)
    except ValueError:
        return -1.0
    return value if isfinite(value) else -1.0


def _cells(row: Mapping[str, str]) -> str:
    return ",".join(row.values())
