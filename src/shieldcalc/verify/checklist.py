"""What a licence attachment must show, by instrument (data/verify/checklists), and what of it is there."""

from collections.abc import Callable, Iterator, Mapping
from os.path import exists

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Beyond, Design
from shieldcalc.resources import data_path
from shieldcalc.verify.model import Item, Statement
from shieldcalc.verify.vocabulary import is_tube, toml

ANY = "any"


def items(found: Assessment, stated: Statement) -> Iterator[Item]:
    """Yield every line of the checklists of the instruments that judge a design, and of the general one."""
    for name in (*found.instruments, ANY):
        file = f"checklists/{name.lower()}.toml"
        if exists(data_path("verify", *file.split("/"))):
            listed = toml(file)
            for row in listed["item"]:
                if _asked(row.get("when", ""), found.design, stated):
                    yield _item(str(listed["instrument"]), row, found.design, stated)


def _asked(when: str, design: Design, stated: Statement) -> bool:
    return {
        "": True,
        "readings": bool(stated.readings),
        "tubes": any(source.max_technique is not None for source in design.sources),
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


def _leakage(design: Design) -> bool:
    tubes = [each for each in design.sources if is_tube(each)]
    return all(each.leakage is not None and each.leakage.declared for each in tubes)


def _filtration(design: Design) -> bool:
    return all(each.filtration_mmAl is not None for each in design.sources if each.max_technique is not None)


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
}
