"""NCRP Report No. 147 (2004), structural shielding for medical X-ray imaging: one file a topic.

=================  ==========================================================================
design_goals       goals as people write them, to mGy per week
barrier            one barrier from patients, distance and goal to thickness
scene_sources      what each source of a room gives out; scene_workload: by number of patients
doses              every dose quantity at a point
compute            a whole room
=================  ==========================================================================

What it shares with the other methods on rooms, its printed equations among them, is in ``shieldcalc.physics``.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    """Load the room calculation only when its METHOD is asked for: one-barrier commands do without."""
    if name == "METHOD":
        from shieldcalc.methods.ncrp147.compute import METHOD

        return METHOD
    raise AttributeError(name)
