"""Design: what the user said, validated, with the lines where it was said. Lengths in metres, layers in millimetres."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal

from shieldcalc.errors import Notice
from shieldcalc.model.accelerator import Accelerator
from shieldcalc.model.brachytherapy import Brachytherapy
from shieldcalc.model.brief import BriefDesign
from shieldcalc.model.duct import Duct
from shieldcalc.model.judging import DoseConstraints, Reading
from shieldcalc.model.judging import Identity as Identity
from shieldcalc.model.maze import Maze
from shieldcalc.model.patients import Patients
from shieldcalc.model.protective import ProtectiveEquipment
from shieldcalc.model.radiography import Boundary, Exposure
from shieldcalc.model.stated import Stated
from shieldcalc.records import dataclass, field

if TYPE_CHECKING:
    from shieldcalc.model.background import Background
    from shieldcalc.model.bodies import Body
    from shieldcalc.model.shapes import Shape

Xyz = tuple[float, float, float]
Xy = tuple[float, float]
Opening = Literal["door", "window", "control_window"]
Designation = Literal["controlled", "supervised", "uncontrolled"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Layer:
    """One layer of a barrier, from the room outwards. ``form`` is "solid" or "hollow" for brick, else None.

    Lead glass and lead rubber have the lead equivalent marked on them, and the tube potential of that marking if it is
    known; their thickness only says where people can stand: where it is not declared, it is the lead equivalent.
    ``composition`` by weight ("H:0.11 O:0.89") or formula of a material that the file itself declares, else empty.
    """

    material: str
    thickness_mm: float
    density_g_per_cm3: float | None = None
    form: str | None = None
    lead_equivalent_mm: float | None = None
    lead_equivalent_kv: float | None = None
    composition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Contribution:
    """Dose that other sources already give at a place, as declared (weekly values, before occupancy)."""

    origin: str
    air_kerma_mGy_per_week: float
    beam_on_uSv_per_h: float | None = None
    hour_uSv_per_h: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Beyond:
    """What lies beyond a face. ``kind`` is a row of data/xray/places.toml; nobody is in "nothing" or on such a roof.

    ``storey_height_m`` is the clear height of the storey below or above, from its floor to its ceiling.
    """

    kind: str
    name: str
    occupancy: float
    designation: Designation
    person: str
    storey_height_m: float | None = None
    other_contributions: tuple[Contribution, ...] = ()
    occupancy_assumed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Wall:
    """A wall on one edge of the plan (from 0), or on a part of it (``start_m`` to ``end_m`` along the inner face)."""

    id: str
    edge: int
    start_m: float
    end_m: float
    height_m: float
    layers: tuple[Layer, ...]
    beyond: Beyond


@dataclass(frozen=True, kw_only=True, slots=True)
class WallOpening:
    """A door or window: ``start_m`` along its wall's edge, sill above the floor, size, own layers."""

    id: str
    kind: Opening
    wall: str
    start_m: float
    sill_m: float
    width_m: float
    height_m: float
    layers: tuple[Layer, ...]
    beyond: Beyond


@dataclass(frozen=True, kw_only=True, slots=True)
class Slab:
    """Floor or ceiling."""

    id: str
    kind: Literal["floor", "ceiling"]
    layers: tuple[Layer, ...]
    beyond: Beyond


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    """A free part-height screen in the room, from ``a`` to ``b`` on the plan; may protect the console."""

    id: str
    a: Xy
    b: Xy
    height_m: float
    layers: tuple[Layer, ...]
    scatter_over_top_uSv_per_h: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Console:
    """Where the operator stands: ``outside`` (then ``barrier`` names the control window or wall) or in the room."""

    location: Literal["outside", "in_room"]
    barrier: str | None = None
    position: Xyz | None = None
    screen: str | None = None
    patient_view: bool | None = None
    patient_contact: bool | None = None
    adjoining: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class UserPoint:
    """A point that the user asks for, with its own surroundings; ``stated`` figures in place of the plan's."""

    id: str
    position: Xyz
    beyond: Beyond
    stated: Stated | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Leakage:
    """Leakage air kerma rate at 1 m, and the technique at which it holds."""

    rate_mGy_per_h: float
    kv: float
    current_mA: float
    declared: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Technique:
    """The maximum clinical technique; for CT, K1 and the time of the strongest scan come from its protocols."""

    kv: float
    current_mA: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Beam:
    """One declared direction: focus, patient, target of the central ray, use factor, field, what stands in the beam."""

    id: str
    focus: Xyz
    patient: Xyz
    target: Xyz
    use_factor: float
    field_cm2: float
    field_at_m: float
    distribution: str | None
    preshielding: Literal["none", "cross_table", "table_and_receptor"]
    stopped_by_receptor: bool
    patients_in_busiest_hour: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Scatter:
    """The largest air kerma at 1 m that patient and leakage give, as documented: of one exposure, or its rate."""

    document: str
    air_kerma_mGy: float | None = None
    rate_mGy_per_h: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Protocol:
    """A kind of exposure: technique, number a week and in the busiest hour; ``beam`` or None for all by use factor.

    For CT: ``region`` head or body, DLP or CTDI terms, scan time. For BIR: kerma-area product or entrance surface dose
    of one exposure, the latter with the distances from film to focus and to skin. ``scatter``: declared, for equipment
    without published scatter, with ``time_s`` and ``current_mA`` of the exposure where they are said.
    """

    id: str
    per_week: float
    in_busiest_hour: float | None
    beam: str | None = None
    kv: float | None = None
    charge_mAs: float | None = None
    region: Literal["head", "body"] | None = None
    dlp_mGy_cm: float | None = None
    scan_length_cm: float | None = None
    pitch: float | None = None
    nctdi100_mGy_per_mAs: float | None = None
    scan_time_s: float | None = None
    kap_Gy_cm2: float | None = None
    entrance_dose_mGy: float | None = None
    focus_to_film_m: float | None = None
    film_to_skin_m: float | None = None
    current_mA: float | None = None
    time_s: float | None = None
    scatter: Scatter | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Operator:
    """Who works a mobile unit: the least distance from tube and patient, and the lead worn or stood behind in mm."""

    distance_m: float
    protection_mm_lead: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Kap:
    """Kerma-area product of a tube: a week, in the busiest hour, and the mean tube potential that it is made at."""

    per_week_Gy_cm2: float
    kv: float
    in_busiest_hour_Gy_cm2: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Output:
    """Tube output in mGy m2/mAs at one kV, declared by maker or measured."""

    kv: float
    mGy_m2_per_mAs: float


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedSource:
    """Sealed sources of one nuclide, ``activity_Bq`` each; layers outwards; ``exposed_in_busiest_hour`` is a share.

    With a ``shape`` the activity is spread evenly over it, which ``filling`` fills where it is one; else it is a point.
    ``cavity_m``: least distance from source to the layers around it; ``size_m``: largest dimension of the active part.
    """

    nuclide: str
    activity_Bq: float
    position: Xyz
    number: int = 1
    reference_date: date | None = None
    container: tuple[Layer, ...] = ()
    shield: tuple[Layer, ...] = ()
    exposed_h_per_week: float = 168.0
    exposed_in_busiest_hour: float = 1.0
    cutoff_MeV: float | None = None
    daughters: bool = True
    shape: "Shape | None" = None
    filling: "Body | None" = None
    brachytherapy: Brachytherapy | None = None
    cavity_m: float = 0.0
    size_m: float | None = None
    exposures: tuple[Exposure, ...] = ()

    @property
    def places(self) -> tuple[Xyz, ...]:
        """Return every place where the source may be: at rest, in treatments, in exposures."""
        treated = () if self.brachytherapy is None else self.brachytherapy.positions
        exposed = (at for each in self.exposures for at in each.positions)
        return tuple(dict.fromkeys((self.position, *treated, *exposed)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One X-ray tube or CT scanner, sealed sources or unsealed activity, or patients with a nuclide.

    Tubes of one ``device`` are one registered piece of equipment.

    ``staff_position_uSv_per_h`` is measured in fluoroscopy where the staff stands at the table.
    """

    id: str
    kind: str
    device: str
    make: str = ""
    model: str = ""
    serial: str = ""
    filtration_mmAl: float | None = None
    outputs: tuple[Output, ...] = ()
    leakage: Leakage | None = None
    max_technique: Technique | None = None
    distribution: str | None = None
    patients_per_week: float | None = None
    patients_in_busiest_hour: float | None = None
    patient_table: Literal["none", "fixed", "tilting"] | None = None
    contrast_multiplier: float = 1.0
    fluoroscopy_technique: Technique | None = None
    beam_on_hours_per_year: float | None = None
    scan_posture: Literal["sitting", "standing", "lying"] | None = None
    cephalometry: bool | None = None
    whole_body: bool | None = None
    vehicle_mounted: bool = False
    controlled_zone_m: float | None = None
    staff_position_uSv_per_h: float | None = None
    dxa_beam: Literal["fan_beam", "pencil_beam"] | None = None
    ct_kv: float | None = None
    isocentre: Xyz | None = None
    beams: tuple[Beam, ...] = ()
    protocols: tuple[Protocol, ...] = ()
    kap: Kap | None = None
    table_toward: Xyz | None = None
    operator: Operator | None = None
    sealed: SealedSource | None = None
    patients: Patients | None = None
    accelerator: Accelerator | None = None
    leakage_fraction: float | None = None

    @property
    def gamma_place(self) -> Xyz | None:
        """Return where a gamma source is: sealed sources, unsealed activity, patients; None for X-ray equipment."""
        gamma = self.sealed or self.patients
        return None if gamma is None else gamma.position

    @property
    def gamma_places(self) -> tuple[Xyz, ...]:
        """Return every place where a gamma source may be; none for X-ray equipment."""
        if self.sealed is not None:
            return self.sealed.places
        return () if self.patients is None else (self.patients.position,)


@dataclass(frozen=True, kw_only=True, slots=True)
class Declarations:
    """Answers that no calculation can give; None is "not said"."""

    warning_sign_over_entrance: bool | None = None
    warning_lamp_at_entrance: bool | None = None
    safety_rules_posted: bool | None = None
    notice_board: bool | None = None
    lamp_linked_to_door: bool | None = None
    entrance_door: Literal["swing", "sliding", "powered_sliding"] | None = None
    door_self_closing: bool | None = None
    door_anti_pinch: bool | None = None
    nobody_waits_inside: bool | None = None
    operator_protection_provided: bool | None = None
    simultaneous_operation: bool | None = None
    in_residential_area: bool | None = None
    protective_equipment: ProtectiveEquipment | None = None


@dataclass(frozen=True, kw_only=True, slots=True, repr=False)
class Design(BriefDesign):
    """One room with its sources, neighbours and the instruments that it is to be judged by.

    ``ward``: mobile units are brought there; walls, floor and ceiling may then be missing, and count for nothing.
    ``open_site``: radiography out of doors, the same; ``boundaries`` are the limits that its user asks about.
    """

    file: str
    sha256: str
    identity: Identity
    on: date
    instruments: tuple[str, ...]
    methods: tuple[str, ...]
    reading_15_3: Reading | None
    working_hours_per_week: float | None
    plan: tuple[Xy, ...]
    height_m: float
    walls: tuple[Wall, ...]
    openings: tuple[WallOpening, ...]
    floor: Slab | None
    ceiling: Slab | None
    screens: tuple[Screen, ...]
    console: Console | None
    points: tuple[UserPoint, ...]
    sources: tuple[Source, ...]
    declarations: Declarations
    dose_constraints: DoseConstraints | None = None
    plugins: Mapping[str, object] = field(default_factory=dict)
    assumptions: tuple[Notice, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    background: "Background | None" = None
    ward: bool = False
    bodies: "tuple[Body, ...]" = ()
    integration_tolerance: float | None = None
    open_site: bool = False
    boundaries: tuple[Boundary, ...] = ()
    maze: Maze | None = None
    ducts: tuple[Duct, ...] = ()
    lost: tuple[Notice, ...] = ()  # what it names and a broken plugin would give: no dose is known
