"""NCRP Report No. 147 (2004), structural shielding for medical X-ray imaging: one file a topic.

=================  ==========================================================================
equations          every printed equation as one cited function
kerma              air kerma per patient at 1 m: Tables 4.5 and 4.7, by angle, and rebuilt from Table 4.2
ct                 air kerma at 1 m per CT scan, by DLP and by CTDI
techniques         output, scatter and leakage at a single tube potential
design_goals       goals as people write them, to mGy per week; weeks, H*(10)
barrier            one barrier from patients, distance and goal to thickness
compute            a whole room
=================  ==========================================================================
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """Load the room calculation only when its METHOD is asked for: one-barrier commands do without."""
    if name == "METHOD":
        from shieldcalc.methods.ncrp147.compute import METHOD

        return METHOD
    raise AttributeError(name)
