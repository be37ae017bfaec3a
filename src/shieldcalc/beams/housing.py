"""Leakage through the tube housing: NCRP Report No. 147 (2004), section C.2."""

from math import exp, log

from shieldcalc.beams.models import constant, output_ncrp
from shieldcalc.beams.single_kv import primary
from shieldcalc.errors import OutsideDataError

_MINUTES_PER_HOUR = 60


def housing_lead_mm(rate_mGy_per_h: float, technique_kv: float, technique_mA: float) -> float:
    """Return the lead in mm that lets ``rate_mGy_per_h`` through to 1 m at the leakage technique.

    x of B = L / (60 I_L Y(kV_L)), Y the report's output in mGy per mA min at 1 m (Fig. B.1), lead by Table A.1.
    Refuses a technique outside the tables and a rate that no lead at all would give.
    """
    unshielded = _MINUTES_PER_HOUR * technique_mA * output_ncrp(technique_kv)
    if not 0 < rate_mGy_per_h <= unshielded:
        raise OutsideDataError("leakage_rate", rate=f"{rate_mGy_per_h:g}", unshielded=f"{unshielded:.4g}")
    return primary("ncrp147", "lead", technique_kv).thickness_mm(log(rate_mGy_per_h / unshielded))


def leakage_per_mAmin(
    kvp: float,
    rate_mGy_per_h: float | None = None,
    technique_kv: float | None = None,
    technique_mA: float | None = None,
) -> float:
    """Return the leakage air kerma at 1 m in mGy per mA min at a tube potential of 50 to 150 kV.

    L / (60 I_L) (kV/kV_L)^2 B(h, kV) / B(h, kV_L), B of the housing's lead by Table A.1 (NCRP 147 section C.2). Without
    a declared rate and technique: 0.876 mGy/h at 150 kV and 3.3 mA behind 2.32 mm of lead. Refuses other potentials.
    """
    if rate_mGy_per_h is None or technique_kv is None or technique_mA is None:
        rate, kv_L = constant("leakage_limit_mGy_per_h"), constant("leakage_radiographic_kvp")
        current, h = constant("leakage_radiographic_mA"), constant("leakage_housing_lead_mm")
    else:
        rate, kv_L, current = rate_mGy_per_h, technique_kv, technique_mA
        h = housing_lead_mm(rate, kv_L, current)
    softer = primary("ncrp147", "lead", kvp).log_transmission(h) - primary("ncrp147", "lead", kv_L).log_transmission(h)
    return rate / (_MINUTES_PER_HOUR * current) * (kvp / kv_L) ** 2 * exp(softer)
