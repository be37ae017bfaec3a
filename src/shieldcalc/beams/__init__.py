"""Transmission of diagnostic X-ray beams through barriers: which printed row, which rule, how layers add up.

==============  ==================================================================================
beam            Beam, Layer, Transmission: what is asked and answered
models          NCRP 147 output, scatter fraction, workload bins; our own rules as data
materials       reference and declared densities, forms of brick, materials of plugins
counted         what counts as another material: lead glass, lead rubber, lightweight concrete
rows            every printed Archer row
shapes          curves ln B(x) and x(ln B) as mathematics
single_kv       primary beam and leakage at one tube potential
housing         leakage through the tube housing
secondary       secondary radiation at one tube potential
spectra         sums over the bins of workload distributions
distributions   workload distributions, those of plugins included
curves          the curve of one material in one beam, CT included
layers          several materials
==============  ==================================================================================
"""

from shieldcalc.beams.beam import Beam, Layer, Transmission
from shieldcalc.beams.curves import curve
from shieldcalc.beams.distributions import Workload, workload, workloads
from shieldcalc.beams.housing import housing_lead_mm, leakage_per_mAmin
from shieldcalc.beams.layers import (
    LayerLike,
    is_marked,
    lead_equivalent_mm,
    log_transmission,
    thickness_mm,
    transmission,
    use_distributions,
    use_materials,
)
from shieldcalc.beams.models import Bin, bins, constant, output_ncrp, scatter_fraction, scatter_numbers
from shieldcalc.beams.single_kv import asymptotic_alpha

__all__ = [
    "Beam",
    "Bin",
    "Layer",
    "LayerLike",
    "Transmission",
    "Workload",
    "asymptotic_alpha",
    "bins",
    "constant",
    "curve",
    "housing_lead_mm",
    "is_marked",
    "lead_equivalent_mm",
    "leakage_per_mAmin",
    "log_transmission",
    "output_ncrp",
    "scatter_fraction",
    "scatter_numbers",
    "thickness_mm",
    "transmission",
    "use_distributions",
    "use_materials",
    "workload",
    "workloads",
]
