"""The keys of accelerators for radiotherapy in the design file; doses in Gy at the isocentre."""

from pydantic_core import CoreSchema

from shieldcalc.model.loader.values import choice, listing, metres, number, quantity, table, text

GRAY = 1000.0  # mGy


def accelerator_keys() -> dict[str, CoreSchema]:
    """Return the keys of accelerators that other sources do not have."""
    gantry = table(
        {"angle": quantity("angle", least=0, most=360), "use_factor": number(above=0, most=1)},
    )
    energy = table(
        {
            "mv": text(),
            "dose_rate": quantity("kerma_rate", above=0, most=10_000, per=GRAY),
            "per_week": quantity("kerma_per_week", above=0, most=100_000, per=GRAY),
        },
        {
            "in_busiest_hour": quantity("kerma", above=0, most=10_000, per=GRAY),
            "imrt_share": number(least=0, most=1),
            "imrt_factor": number(least=1, most=20),
            "neutrons": table(
                {},
                {
                    "machine": text(),
                    "per_gray": number(above=0, most=1e14),
                    "dose": quantity("dose_per_gray", above=0, most=100),
                    "head": choice("lead", "tungsten"),
                },
            ),
        },
    )
    tbi = table(
        {
            "mv": text(),
            "patient_dose": quantity("kerma_per_week", above=0, most=1000, per=GRAY),
            "distance": metres(least=1, most=20),
            "gantry": quantity("angle", least=0, most=360),
        },
        {"in_busiest_hour": quantity("kerma", above=0, most=100, per=GRAY)},
    )
    return {
        "tbi": listing(tbi, 1, 10, wanted="tables [[source.tbi]]"),
        "gantry": listing(gantry, 1, 36, wanted="tables [[source.gantry]]"),
        "energy": listing(energy, 1, 10, wanted="tables [[source.energy]]"),
        "largest_field": metres(above=0.01, most=1),
        "leakage_fraction": number(above=0, most=0.01),
    }
