"""One submission from its files to a Verification."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from os.path import join

from shieldcalc import __version__, plugins
from shieldcalc.errors import InputError, ShieldcalcError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load
from shieldcalc.verify import checklist, outcome, plausible, scaled, sensitivity
from shieldcalc.verify.archive import Files, read_files
from shieldcalc.verify.around import Again, Rooms
from shieldcalc.verify.claimed import judged, named, unclaimed
from shieldcalc.verify.claims import statement, survey_files
from shieldcalc.verify.manifest import MANIFEST, check, digest
from shieldcalc.verify.model import Claim, Measured, Remark, RoomVerification, Statement, Verification
from shieldcalc.verify.readings import measured
from shieldcalc.verify.survey import readings
from shieldcalc.verify.vocabulary import rule
from shieldcalc.verify.workplace import workplace


class Submission:
    """A submission read: its files, what it states, the designs by name, and whether a manifest covers it."""

    def __init__(self, path: str, *, sealed: bool = True) -> None:
        """Read within bounds; the manifest is checked before anything is looked at. Raises what its readers raise.

        ``sealed``: an old manifest counts; not so where a new one is about to be written.
        """
        self.name = path
        self.files: Files = read_files(path)
        self.manifest = check(self.files) if sealed else False
        stated = statement(self.files)
        with workplace(self.files) as top:
            rows = readings(self.files, top, survey_files(self.files))
            self.designs = {name: _design(name, top) for name in stated.designs}
            self.rooms = Rooms(stated.site, top, self.designs)
        self.statement: Statement = replace(stated, readings=rows)

    @property
    def hashes(self) -> dict[str, str]:
        """Return the digest of every file but the manifest."""
        return {name: digest(content) for name, content in self.files.items() if name != MANIFEST}


def _design(name: str, top: str) -> Design:
    """Return one design; what is wrong with it names the file as the submission does."""
    path = join(top, *name.split("/"))
    try:
        return replace(load(path, plugins.catalog()), file=name)
    except InputError as refused:
        raise InputError(each._replace(file=name) for each in refused.problems) from refused


def verify(
    submission: Submission,
    regulations: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    on: str | None = None,
) -> Verification:
    """Return everything that one verification finds; the arguments replace what the designs name, as in ``assess``."""
    of = submission.rooms
    own = {name: of.assess(name, each, regulations, methods, on) for name, each in submission.designs.items()}
    rooms = tuple(
        _room(name, each, submission.statement, regulations, of.again(name), on) for name, each in own.items()
    )
    if said := tuple(Remark(subject=submission.statement.site, said=each) for each in of.remarks(own)):
        rooms = (replace(rooms[0], remarks=(*rooms[0].remarks, *said)), *rooms[1:])
    verdict, reasons = outcome.weighed(submission, rooms)
    return Verification(
        name=submission.name,
        statement=submission.statement,
        hashes=submission.hashes,
        manifest=submission.manifest,
        rooms=rooms,
        verdict=verdict,
        reasons=reasons,
        exit_code=outcome.EXIT_CODES[verdict],
        on=rooms[0].assessment.on,
        version=__version__,
    )


def _room(
    name: str, own: Assessment, stated: Statement, regulations: tuple[str, ...], again: Again, on: str | None
) -> RoomVerification:
    claims = tuple(claim for claim in stated.claims if claim.design == name)
    computed = dict(_computed(own, claims, regulations, again, on))
    found = tuple(_measured(name, own, stated))
    return RoomVerification(
        name=name,
        assessment=own,
        others={key: each for key, each in computed.items() if isinstance(each, Assessment) and each is not own},
        claims=tuple(judged(claim, computed) for claim in claims),
        unclaimed=tuple(unclaimed(claims, own)),
        readings=found,
        by_readings=scaled.by_readings(own, found),
        by_hidden=scaled.by_hidden(own, found),
        remarks=tuple(plausible.remarks(own, stated, name)),
        flips=sensitivity.flips(own, again),
        items=tuple(checklist.items(own, stated)),
    )


def _computed(
    own: Assessment, claims: tuple[Claim, ...], regulations: tuple[str, ...], again: Again, on: str | None
) -> Iterator[tuple[str, Assessment | ShieldcalcError]]:
    """Yield every method with what it gives or why it refuses: the verifier's, those claimed, and beside them the rest.

    Methods that nobody asked for are left out for a design of many places.
    """
    done = {result.method for result in own.results}
    yield from ((name, own) for name in done)
    known: Mapping[str, str | ShieldcalcError] = dict.fromkeys(plugins.catalog().methods, "")
    asked = {named(claim.method, known) for claim in claims}  # type: ignore[arg-type]
    needs = any(claim.quantity == "required" for claim in claims)
    small = sum(len(result.points) for result in own.results) <= rule("spread_places")
    for name in known:
        if name not in done and (name in asked or small):
            try:
                yield name, again(own.design, regulations, (name,), on, needs)
            except ShieldcalcError as refused:
                yield name, refused


def _measured(name: str, own: Assessment, stated: Statement) -> Iterator[Measured]:
    instruments = {each.id: each for each in stated.instruments}
    for reading in stated.readings:
        if reading.design == name:
            yield measured(reading, instruments.get(reading.instrument), own.design, own.results[0])
