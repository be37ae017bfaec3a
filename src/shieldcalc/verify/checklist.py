"""What a licence attachment must show, by instrument (data/verify/checklists), and what of it is there."""

from collections.abc import Callable, Iterator, Mapping
from os.path import exists

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Beyond, Design, Source
from shieldcalc.regulations.taxonomy import taxonomy
from shieldcalc.resources import data_path
from shieldcalc.verify.model import Item, Statement
from shieldcalc.verify.vocabulary import is_tube, toml

ANY, NOT_HELD = "any", "no_checklist"
DIAGNOSTIC = frozenset({"medical_dx_xray", "veterinary_xray"})


def items(found: Assessment, stated: Statement) -> Iterator[Item]:
    """Yield every line of the checklists of the instruments that judge a design, and of the general one."""
    for name in (*found.instruments, ANY):
        file = f"checklists/{name.lower()}.toml"
        if not exists(data_path("verify", *file.split("/"))):
            yield _not_held(name)
            continue
        listed = toml(file)
        for row in listed["item"]:
            if _asked(row.get("when", ""), found.design, stated):
                yield _item(str(listed["instrument"]), row, found.design, stated)


def _not_held(instrument: str) -> Item:
    """Return that it is not known here what a file under an instrument must show."""
    said = Notice(f"report.verify.item.{NOT_HELD}", {"instrument": instrument})
    return Item(id=NOT_HELD, instrument=instrument, article="", said=said, present=None, confidence="not_held")


def _asked(when: str, design: Design, stated: Statement) -> bool:
    return {
        "": True,
        "readings": bool(stated.readings),
        "diagnostic": any(map(_diagnostic, design.sources)),
        "other": not all(map(_diagnostic, design.sources)),
        "diagnostic_tubes": any(_diagnostic(each) and each.max_technique is not None for each in design.sources),
        "reading": design.reading_15_3 is not None,
    }[when]


def _item(instrument: str, row: Mapping[str, str], design: Design, stated: Statement) -> Item:
    way, _, what = row["shown_by"].partition(":")
    present, names = None, ""
    if way == "attachment":
        files = [each.file for each in stated.attachments if each.what == what]
        present, names = bool(files), ", ".join(files)
    elif way == "design":
        present = _DESIGN[what](design)
    return Item(
        id=row["id"],
        instrument=instrument,
        article=row["article"],
        said=Notice(f"report.verify.item.{row['id']}", {}),
        present=present,
        confidence=row["confidence"],
        found=names,
    )


def _diagnostic(source: Source) -> bool:
    """Return whether a source is X-ray equipment for diagnosis, of people or of animals."""
    return not DIAGNOSTIC.isdisjoint(taxonomy().equipment.get(source.kind, ()))


def _leakage(design: Design) -> bool:
    tubes = [each for each in design.sources if _diagnostic(each)]
    return all(each.leakage is not None and each.leakage.declared for each in tubes)


def _filtration(design: Design) -> bool:
    tubes = [each for each in design.sources if _diagnostic(each) and each.max_technique is not None]
    return all(each.filtration_mmAl is not None for each in tubes)


def _hours(design: Design) -> bool:
    """Return whether the busiest hour of every source is said; of what always stands there it is any hour."""
    return all(None not in _busiest(each) for each in design.sources)


def _busiest(source: Source) -> tuple[float | None, ...]:
    """Return what a source does in its busiest hour: of each beam or protocol, or of all patients."""
    if source.sealed is not None:
        return ()
    if source.patients is not None:
        return (source.patients.in_busiest_hour,)
    if source.accelerator is not None:
        return tuple(each.in_busiest_hour_Gy for each in source.accelerator.energies)
    if source.kap is not None:
        return (source.kap.in_busiest_hour_Gy_cm2,)
    if source.protocols:
        return tuple(each.in_busiest_hour for each in source.protocols)
    return (source.patients_in_busiest_hour,)


def _named(design: Design) -> bool:
    return all(each.make and each.model and each.serial for each in design.sources)


def _technique(design: Design) -> bool:
    tubes = [each for each in design.sources if is_tube(each)]
    return all(each.max_technique is not None or each.ct_kv is not None for each in tubes)


def _faces(design: Design) -> bool:
    return design.floor is not None and design.ceiling is not None and bool(design.walls)


def _beyond(design: Design) -> Iterator[Beyond]:
    yield from (wall.beyond for wall in design.walls)
    yield from (opening.beyond for opening in design.openings)
    yield from (point.beyond for point in design.points)
    yield from (slab.beyond for slab in (design.floor, design.ceiling) if slab is not None)


def _occupancies(design: Design) -> bool:
    return not any(each.occupancy_assumed for each in _beyond(design))


_DESIGN: Mapping[str, Callable[[Design], bool]] = {
    "leakage": _leakage,
    "filtration": _filtration,
    "make_model_serial": _named,
    "maximum_technique": _technique,
    "six_faces": _faces,
    "occupancy_stated": _occupancies,
    "neighbours_above_below": _faces,
    "busiest_hour": _hours,
}
