"""A case file that holds nothing wrong to a Case: base units, places from the source, entries in the order of time."""

from math import hypot

from shieldcalc.model.accident_case import (
    CONTENTS,
    Case,
    CaseAbsorbed,
    CaseDose,
    CaseExposure,
    CaseSource,
    CaseSurvey,
    Entry,
)
from shieldcalc.model.loader.folder import below
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.structure import Tree

HERE = (0.0, 0.0)


def case_of(tree: Tree, path: str, digest: str) -> Case:
    """Return the Case of a file; ``digest`` is its SHA-256."""
    head = tree["case"]
    at = head["source_at"] or HERE
    entries = sorted((_entry_of(row, at) for _, row in rows(tree, "entry")), key=lambda each: each.at)
    return Case(
        file=path,
        sha256=digest,
        id=head["id"],
        name=head["name"],
        place=head["place"],
        jurisdiction=head["jurisdiction"],
        unit=head["unit"] or "",
        discovered=head["discovered"],
        happened=head["happened"] or head["discovered"].date(),
        situation=head["situation"] or "",
        indoors=bool(head["indoors"]),
        no_source=head["source_out_of_control"] is False,
        plan="" if head["plan"] is None else str(below(head["plan"], path)),
        source_at=at,
        sources=tuple(_source(row) for _, row in rows(tree, "source")),
        entries=tuple(entries),
        plugins=tree["plugins"] or {},
    )


def _source(row: Tree) -> CaseSource:
    reference, separated = (
        None if row[key] is None else row[key].toordinal() for key in ("reference_date", "separated")
    )
    return CaseSource(
        id=row["id"],
        nuclide=row["nuclide"],
        activity_Bq=row["activity"],
        reference=reference,
        state=row["state"] or "out_of_control",
        diameter_m=row["diameter"],
        length_m=row["length"],
        known=row["known"],
        separated=separated,
    )


def _survey_of(row: Tree, source_at: tuple[float, float]) -> CaseSurvey:
    rate = 1000 * row["rate"]
    if row["place"] is None:
        return CaseSurvey(rate=rate, distance_m=row["distance"])
    place = (row["place"][0] - source_at[0], row["place"][1] - source_at[1])
    return CaseSurvey(rate=rate, distance_m=hypot(*place), place=place)


def _entry_of(row: Tree, source_at: tuple[float, float]) -> Entry:
    doses = (
        CaseDose(who=each["who"] or "", person=each["person"], organ=each["organ"], dose_mSv=each["dose"])
        for _, each in rows(row, "dose")
    )
    absorbed = (
        CaseAbsorbed(who=each["who"] or "", organ=each["organ"], dose_Gy=each["dose"] / 1000)
        for _, each in rows(row, "absorbed")
    )
    exposures = (
        CaseExposure(
            who=each["who"] or "",
            source=each["source"],
            kind=each["kind"],
            hours=each["time"] / 3600,
            distance_m=each["distance"],
            on=each["on"],
        )
        for _, each in rows(row, "exposure")
    )
    return Entry(
        at=row["at"],
        what=row["what"],
        event=row["event"] or "",
        deaths=None if row["deaths"] is None else int(row["deaths"]),
        severe=None if row["severe"] is None else int(row["severe"]),
        contamination=row["contamination"],
        recovered=tuple(row["recovered"] or ()),
        done=tuple(row["done"] or ()),
        end_conditions=tuple(row["end_conditions"] or ()),
        words={name: row[name] for name in CONTENTS if row[name] is not None},
        doses=tuple(doses),
        absorbed=tuple(absorbed),
        exposures=tuple(exposures),
        surveys=tuple(_survey_of(each, source_at) for _, each in rows(row, "survey")),
    )
