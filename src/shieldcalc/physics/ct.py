"""CT: secondary air kerma at 1 m of one scan, by dose-length product or by CTDI (section 5.6)."""

from shieldcalc.errors import UnknownNameError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import equations
from shieldcalc.physics.values import value

REGIONS = ("head", "body")


def known_region(region: str) -> str:
    """Return the region itself; raise UnknownNameError for any other than head and body."""
    if region not in REGIONS:
        raise UnknownNameError("CT region", region, REGIONS)
    return region


def _kappa(region: str) -> tuple[float, str]:
    return value(f"ct_kappa_{known_region(region)}_per_cm"), "1/cm"


def by_dlp(region: str, dlp_mGy_cm: float, label: str = "") -> Step:
    """Return K1 (mGy at 1 m a scan) of a dose-length product in mGy cm; the body carries the factor 1.2."""
    kappa, dlp = _kappa(region), (dlp_mGy_cm, "mGy*cm")
    if region == "head":
        return evaluate(equations.ct_air_kerma_head_by_dlp, {"kappa_head": kappa, "DLP": dlp}, label)
    factor = (value("ct_body_dlp_factor"), "")
    return evaluate(equations.ct_air_kerma_body_by_dlp, {"f_body": factor, "kappa_body": kappa, "DLP": dlp}, label)


def by_ctdi(
    region: str, length_cm: float, charge_mAs: float, pitch: float, nctdi100_mGy_per_mAs: float, label: str = ""
) -> Step:
    """Return K1 (mGy at 1 m a scan) of a helical scan: length, charge of a rotation, pitch, peripheral nCTDI_100."""
    inputs = {
        "kappa": _kappa(region),
        "L": (length_cm, "cm"),
        "p": (pitch, ""),
        "mAs": (charge_mAs, "mAs"),
        "nCTDI_100": (nctdi100_mGy_per_mAs, "mGy/mAs"),
    }
    return evaluate(equations.ct_air_kerma_by_ctdi, inputs, label)


def weekly(k1_mGy: float, scans: float, contrast: float, distance_m: float, label: str = "") -> Step:
    """Return the unshielded weekly air kerma (mGy) of one region's scans at a distance from the isocentre."""
    inputs = {"m": (contrast, ""), "K1": (k1_mGy, "mGy"), "N": (scans, "1/week"), "d": (distance_m, "m")}
    return evaluate(equations.ct_weekly_air_kerma, inputs, label)


def default_contrast() -> float:
    """Return the report's multiplier for procedures repeated with contrast (section 5.6.1)."""
    return value("ct_contrast_multiplier")
