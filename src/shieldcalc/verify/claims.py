"""``claims.toml`` to a Statement: structure, then names, files, units; every error names file, line and key."""

from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from shieldcalc.errors import InputError, UnitError
from shieldcalc.model.loader.lines import KeyLines, Path
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree, read_structure
from shieldcalc.model.loader.text import parse
from shieldcalc.verify.archive import Files
from shieldcalc.verify.claims_schema import claims as schema
from shieldcalc.verify.manifest import digest
from shieldcalc.verify.model import Attachment, Claim, Drawn, Instrument, Statement
from shieldcalc.verify.quantities import DOSES, LEAD, LENGTH, Quantity, read
from shieldcalc.verify.refusal import SubmissionError

CLAIMS = "claims.toml"
KINDS = ("dose", "thickness", "required", "lead_equivalent", "verdict")
_NEEDS = {"dose": "quantity", "thickness": "material", "required": "material"}
_SAFE_LOW = ("thickness", "lead_equivalent")


def statement(files: Files) -> Statement:
    """Return what ``claims.toml`` states, without the readings; raise InputError with everything wrong in it."""
    if CLAIMS not in files:
        raise SubmissionError("submission.no_claims", name=CLAIMS)
    text, parsed = _parsed(files[CLAIMS])
    problems = Problems(CLAIMS, KeyLines(text))
    tree = read_structure(parsed, problems, schema)
    found = None if problems.found else _statement(tree, files, problems)
    if found is None or problems.found:
        raise InputError(problems.sorted())
    return found


def survey_files(files: Files) -> tuple[tuple[str, str], ...]:
    """Return (file, design) of every [[survey]] of a claims file that has been accepted."""
    _, parsed = _parsed(files[CLAIMS])
    designs = parsed["submission"]["designs"]
    return tuple((row["file"].strip(), row.get("design", designs[0])) for row in parsed.get("survey", ()))


@lru_cache(maxsize=1)
def _parsed(content: bytes) -> tuple[str, dict[str, Any]]:
    return parse(CLAIMS, content)


def _statement(tree: Tree, files: Files, problems: Problems) -> Statement:
    head = tree["submission"]
    designs: tuple[str, ...] = head["designs"]
    for number, name in enumerate(designs):
        _file(("submission", "designs", number), name, files, problems)
        if name in designs[:number]:
            problems.say(("submission", "designs", number), "design.named_twice", name=name)
    if head["site"] is not None:
        _file(("submission", "site"), head["site"], files, problems)
    for index, row in rows(tree, "survey"):
        _file(("survey", index, "file"), row["file"], files, problems)
        _design(("survey", index), row, designs, problems)
    instruments = tuple(_instrument(row) for _, row in rows(tree, "instrument"))
    _once(("instrument",), [each.id for each in instruments], problems)
    stated = tree["claimed"] or {}
    found = [_claim(index, row, stated, designs, problems) for index, row in rows(tree, "claim")]
    claims = tuple(each for each in found if each is not None)
    _once(("claim",), [each.id for each in claims], problems)
    return Statement(
        applicant=head["applicant"],
        reference=head["reference"] or "",
        dated=head["date"],
        designs=designs,
        site=head["site"] or "",
        claims=claims,
        instruments=instruments,
        drawn=tuple(_drawn(index, row, designs, problems) for index, row in rows(tree, "drawn")),
        attachments=tuple(_attachment(index, row, files, problems) for index, row in rows(tree, "attachment")),
    )


def _once(place: Path, names: Iterable[str], problems: Problems) -> None:
    seen: dict[str, int] = {}
    for number, name in enumerate(names):
        if name in seen:
            line = problems.line((*place, seen[name])) or 1
            shown = {"id": name, "first": f"{place[0]}.{seen[name] + 1}", "line": line}
            problems.say((*place, number, "id"), "design.duplicate_id", **shown)
        seen.setdefault(name, number)


def _file(key: Path, name: str, files: Files, problems: Problems) -> None:
    if name not in files:
        problems.unknown(key, "file in the submission", name, files)


def _design(key: Path, row: Mapping[str, Any], designs: tuple[str, ...], problems: Problems) -> str:
    """Return the design that a row is about: the one named, or the only one."""
    name = row["design"]
    if name is None and len(designs) > 1:
        problems.say(key, "submission.which_design", allowed=", ".join(designs))
    elif name is not None and name not in designs:
        problems.unknown((*key, "design"), "design of the submission", name, designs)
    return str(name or designs[0])


def _claim(
    index: int, row: Tree, stated: Mapping[str, Any], designs: tuple[str, ...], problems: Problems
) -> Claim | None:
    key: Path = ("claim", index)
    before = len(problems.found)
    kinds = [kind for kind in KINDS if row[kind] is not None]
    if len(kinds) != 1:
        problems.say(key, "submission.one_claim", allowed=", ".join(KINDS), found=", ".join(kinds) or "-")
    if (row["barrier"] is None) == (row["point"] is None):
        problems.say(key, "submission.one_subject")
    method = row["method"] or stated.get("method")
    if method is None:
        problems.say(key, "submission.method_missing")
    design = _design(key, row, designs, problems)
    if len(problems.found) > before:
        return None
    kind = kinds[0]
    if kind in _NEEDS and row[_NEEDS[kind]] is None:
        problems.say(key, "submission.claim_needs", kind=kind, needs=_NEEDS[kind])
        return None
    uncertainty = row["uncertainty"] if row["uncertainty"] is not None else stated.get("uncertainty")
    said = {"program": row["program"] or stated.get("program") or "", "method": method, "design": design}
    return _valued(key, kind, row, problems, said=said, uncertainty=uncertainty or 0.0)


def _valued(
    key: Path, kind: str, row: Tree, problems: Problems, *, said: dict[str, Any], uncertainty: float
) -> Claim | None:
    wanted = _quantity(kind, row)
    value, half = None, 0.0
    if wanted is not None:
        try:
            value, half = read(row[kind], wanted)
        except UnitError as error:
            problems.say((*key, kind), error.code, **error.params)
            return None
        if value < 0:
            problems.say((*key, kind), "not_negative", value=row[kind])
            return None
    return Claim(
        id=row["id"] or f"claim_{key[1] + 1 if isinstance(key[1], int) else ''}",
        subject=row["barrier"] or row["point"],
        quantity=wanted.field if wanted is not None and wanted.field else kind,
        written=row[kind],
        value=value,
        unit=wanted.unit if wanted is not None else "",
        half_unit=half,
        safe="low" if kind in _SAFE_LOW else "high",
        material=row["material"] or "",
        rule=row["rule"] or "",
        uncertainty=uncertainty,
        line_of=partial(problems.line, key),
        **said,
    )


def _quantity(kind: str, row: Tree) -> Quantity | None:
    if kind == "dose":
        return DOSES[row["quantity"]]
    return {"thickness": LENGTH, "required": LENGTH, "lead_equivalent": LEAD}.get(kind)


def _instrument(row: Tree) -> Instrument:
    keys = ("id", "make", "model", "serial", "shows", "calibrated", "valid_until", "factor", "uncertainty")
    least, most = (None if row[key] is None else 1e3 * row[key] for key in ("least", "most"))
    own = {key: row[key] for key in keys}
    return Instrument(
        **own,
        certificate=row["certificate"] or "",
        detector=row["detector"] or "",
        response_s=row["response_time"],
        energy_low_MeV=row["energy_low"],
        energy_high_MeV=row["energy_high"],
        least_uSv_per_h=least,
        most_uSv_per_h=most,
    )


def _drawn(index: int, row: Tree, designs: tuple[str, ...], problems: Problems) -> Drawn:
    key: Path = ("drawn", index)
    if (row["source"] is None) != (row["distance"] is None):
        problems.say(key, "submission.drawn_distance")
    return Drawn(
        design=_design(key, row, designs, problems),
        barrier=row["barrier"],
        thickness_mm=row["thickness"],
        source=row["source"] or "",
        distance_m=row["distance"],
    )


def _attachment(index: int, row: Tree, files: Files, problems: Problems) -> Attachment:
    name, wanted = row["file"], row["sha256"]
    _file(("attachment", index, "file"), name, files, problems)
    if wanted is not None and name in files and digest(files[name]) != wanted:
        problems.say(("attachment", index, "sha256"), "submission.attachment_changed", name=name)
    return Attachment(file=name, what=row["what"], sha256=wanted or "")
