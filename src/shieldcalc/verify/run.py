"""One submission from its files to a Verification."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from shieldcalc import __version__, plugins
from shieldcalc.assess.barriers import CANDIDATES, Wanted
from shieldcalc.errors import InputError, Problem, ShieldcalcError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design
from shieldcalc.model.loader import Held, load
from shieldcalc.model.loader.text import parse
from shieldcalc.verify import checklist, outcome, plausible, scaled, sensitivity
from shieldcalc.verify.archive import Files, read_files
from shieldcalc.verify.around import Again, Asked, Rooms
from shieldcalc.verify.claimed import judged, named, unclaimed
from shieldcalc.verify.claims import statement, survey_files
from shieldcalc.verify.manifest import MANIFEST, check, digest
from shieldcalc.verify.model import Claim, Measured, Remark, RoomVerification, Statement, Verification
from shieldcalc.verify.readings import measured
from shieldcalc.verify.survey import readings
from shieldcalc.verify.vocabulary import rule
from shieldcalc.verify.workplace import Workplace

# densities and outputs that nothing has; other figures past the bounds of a design file are refused as in any file
IMPOSSIBLE = ("design.other_material", "design.light_material", "photon_density")
BOUNDED = ("density", "air_kerma", "nctdi100", "dose_rate")


class Submission:
    """A submission read: its files, what it states, the designs by name, and whether a manifest covers it.

    ``impossible``: what is said of designs in which nothing is wrong but figures that cannot be.
    """

    def __init__(self, path: str, *, sealed: bool = True) -> None:
        """Read within bounds; the manifest is checked before anything is looked at. Raises what its readers raise.

        ``sealed``: an old manifest counts; not so where a new one is about to be written.
        """
        self.name = path
        self.files: Files = read_files(path)
        self.manifest = check(self.files) if sealed else False
        stated = statement(self.files)
        with Workplace(self.files) as place:
            rows = readings(self.files, place, survey_files(self.files))
            read = {name: _design(name, self.files[name], place) for name in stated.designs}
            self.designs = {name: each for name, each in read.items() if isinstance(each, Design)}
            self.impossible = tuple(each for each in read.values() if isinstance(each, InputError))
            self.rooms = Rooms("" if self.impossible else stated.site, place, self.designs)
        self.statement: Statement = replace(stated, readings=rows)

    @property
    def hashes(self) -> dict[str, str]:
        """Return the digest of every file but the manifest."""
        return {name: digest(content) for name, content in self.files.items() if name != MANIFEST}


def _design(name: str, content: bytes, place: Workplace) -> Design | InputError:
    """Return one design, or its refusal where nothing but figures that cannot be is wrong with it: that is asked about.

    What is wrong with it names the file as the submission does.
    """
    try:
        return load(name, plugins.catalog(), Held(content, lambda: place.path(name)))
    except InputError as refused:
        if all(map(_impossible, refused.problems)):
            return InputError(refused.problems)
        raise


def _impossible(problem: Problem) -> bool:
    return problem.code in IMPOSSIBLE or (
        problem.code == "design.out_of_range" and problem.key.rpartition(".")[2] in BOUNDED
    )


def verify(
    submission: Submission,
    regulations: tuple[str, ...] = (),
    methods: tuple[str, ...] = (),
    on: str | None = None,
    *,
    seen: tuple[str, ...] = (),
    whole: bool = True,
) -> Verification:
    """Return everything that one verification finds; the arguments replace what the designs name, as in ``assess``.

    ``seen``: conditions that the reviewer has seen fulfilled, as in ``weighed``. Without ``whole`` what no outcome and
    no reason rests on is left out: thicknesses that nobody claims, methods that nobody asked for, changes beyond the
    usual tolerance.
    """
    of, stated = submission.rooms, submission.statement
    asked = Asked(regulations, methods, on)
    own, refused = _assessed(submission, asked, whole)
    if refused:
        return _not_recomputed(submission, refused, on)
    rooms = [_room(name, each, stated, asked._replace(methods=()), of.again(name), whole) for name, each in own.items()]
    if said := tuple(Remark(subject=stated.site, said=each) for each in of.remarks(own)):
        rooms[0] = replace(rooms[0], remarks=(*rooms[0].remarks, *said))
    verdict, reasons = outcome.weighed(submission, tuple(rooms), frozenset(seen))
    return Verification(
        name=submission.name,
        statement=stated,
        hashes=submission.hashes,
        manifest=submission.manifest,
        rooms=tuple(rooms),
        verdict=verdict,
        reasons=reasons,
        exit_code=outcome.EXIT_CODES[verdict],
        on=rooms[0].assessment.on,
        version=__version__,
    )


def _assessed(
    submission: Submission, asked: Asked, whole: bool
) -> tuple[dict[str, Assessment], tuple[InputError, ...]]:
    """Return every design assessed, and the refusals: of figures that cannot be, and by a design's own methods."""
    own: dict[str, Assessment] = {}
    refused = [*submission.impossible]
    for name, design in () if refused else submission.designs.items():
        try:
            own[name] = submission.rooms.assess(name, design, _asked(asked, submission.statement, name, whole))
        except InputError as error:
            if asked.methods:
                raise
            refused.append(error)
    return own, tuple(refused)


def _not_recomputed(submission: Submission, refused: tuple[InputError, ...], on: str | None) -> Verification:
    """Return the questions about a submission that is not recomputed before they are answered."""
    day = on or _day(submission)
    if day is None:
        raise refused[0]
    reasons = outcome.unanswered(submission, refused)
    return Verification(
        name=submission.name,
        statement=submission.statement,
        hashes=submission.hashes,
        manifest=submission.manifest,
        rooms=(),
        verdict="query",
        reasons=reasons,
        exit_code=outcome.EXIT_CODES["query"],
        on=day,
        version=__version__,
    )


def _day(submission: Submission) -> str | None:
    """Return the day of evaluation that the first design names, or else that of the submission."""
    name = submission.statement.designs[0]
    named = parse(name, submission.files[name])[1].get("evaluation", {}).get("date")
    day = named if isinstance(named, date) else submission.statement.dated
    return None if day is None else day.isoformat()


def _asked(asked: Asked, stated: Statement, name: str, whole: bool) -> Asked:
    """Return what is asked of a design: without ``whole`` no thickness but those that somebody claims."""
    return asked if whole else asked._replace(wanted=_wanted(_of_design(stated, name)))


def _of_design(stated: Statement, name: str) -> tuple[Claim, ...]:
    return tuple(claim for claim in stated.claims if claim.design == name)


def _wanted(claims: Iterable[Claim]) -> Wanted:
    needs = [claim for claim in claims if claim.quantity == "required"]
    materials = {
        claim.subject: {other.material for other in needs if other.subject == claim.subject} for claim in needs
    }
    return {barrier: tuple(each for each in CANDIDATES if each in named) for barrier, named in materials.items()}


def _room(name: str, own: Assessment, stated: Statement, asked: Asked, again: Again, whole: bool) -> RoomVerification:
    claims = _of_design(stated, name)
    computed = dict(_computed(own, claims, asked, again, whole))
    found = tuple(_measured(name, own, stated))
    return RoomVerification(
        name=name,
        assessment=own,
        others={key: each for key, each in computed.items() if isinstance(each, Assessment) and each is not own},
        claims=tuple(judged(claim, computed) for claim in claims),
        unclaimed=tuple(unclaimed(claims, own, stated.claims)),
        readings=found,
        by_readings=scaled.by_readings(own, found),
        by_hidden=scaled.by_hidden(own, found),
        remarks=tuple(plausible.remarks(own, stated, name)),
        flips=sensitivity.flips(own, again, whole=whole),
        items=tuple(checklist.items(own, stated)),
    )


def _computed(
    own: Assessment, claims: tuple[Claim, ...], asked: Asked, again: Again, whole: bool
) -> Iterator[tuple[str, Assessment | ShieldcalcError | None]]:
    """Yield every method with what it gives or why it refuses: the verifier's, those claimed, and beside them the rest.

    Methods that nobody asked for are left out for a design of many places; without ``whole`` they are not computed.
    """
    done = {result.method for result in own.results}
    yield from ((name, own) for name in done)
    known: Mapping[str, None] = dict.fromkeys(plugins.catalog().methods)
    meant = [(named(claim.method, known), claim) for claim in claims]
    by_method = {name: [claim for method, claim in meant if method == name] for name in known}
    needs = any(claim.quantity == "required" for claim in claims)
    small = sum(len(result.points) for result in own.results) <= rule("spread_places")
    for name in known:
        if name not in done and (whole or by_method[name]) and (by_method[name] or small):
            wanted = None if whole else _wanted(by_method[name])
            try:
                yield name, again.assess(own.design, asked._replace(methods=(name,), building=needs, wanted=wanted))
            except ShieldcalcError as refused:
                yield name, refused
        elif name not in done and small:
            yield name, None


def _measured(name: str, own: Assessment, stated: Statement) -> Iterator[Measured]:
    instruments = {each.id: each for each in stated.instruments}
    for reading in stated.readings:
        if reading.design == name:
            yield measured(reading, instruments.get(reading.instrument), own.design, own.results[0])
