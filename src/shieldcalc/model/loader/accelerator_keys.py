"""The keys of accelerators for radiotherapy in the design file; doses in Gy at the isocentre."""

from pydantic_core import CoreSchema

from shieldcalc.model.loader.values import choice, listing, metres, number, quantity, rectangle, table, text

GRAY = 1000.0  # mGy


def accelerator_keys() -> dict[str, CoreSchema]:
    """Return the keys of accelerators and cobalt units that other sources do not have."""
    gantry = table(
        {"angle": quantity("angle", least=0, most=360), "use_factor": number(above=0, most=1)},
    )
    return {
        "tbi": listing(_total_body(), 1, 10, wanted="tables [[source.tbi]]"),
        "gantry": listing(gantry, 1, 36, wanted="tables [[source.gantry]]"),
        "energy": listing(_energy(), 1, 10, wanted="tables [[source.energy]]"),
        "largest_field": rectangle(above=0.01, most=1),
        "leakage_fraction": number(above=0, most=0.01),
        "source_distance": metres(least=0.5, most=1.2),
        "leakage_off": quantity("kerma_rate", above=0, most=1),
    }


def _energy() -> CoreSchema:
    stated = {
        "machine": text(),
        "per_gray": number(above=0, most=1e14),
        "dose": quantity("dose_per_gray", above=0, most=100),
        "head": choice("lead", "tungsten"),
    }
    return table(
        {
            "dose_rate": quantity("kerma_rate", above=0, most=10_000, per=GRAY),
            "per_week": quantity("kerma_per_week", least=0, most=100_000, per=GRAY),
        },
        {
            "mv": text(),
            "in_busiest_hour": quantity("kerma", least=0, most=10_000, per=GRAY),
            "quality_assurance": quantity("kerma_per_week", least=0, most=100_000, per=GRAY),
            "imrt_share": number(least=0, most=1),
            "imrt_factor": number(least=1, most=20),
            "neutrons": table({}, stated),
        },
    )


def _total_body() -> CoreSchema:
    return table(
        {
            "mv": text(),
            "patient_dose": quantity("kerma_per_week", above=0, most=1000, per=GRAY),
            "distance": metres(least=1, most=20),
            "gantry": quantity("angle", least=0, most=360),
        },
        {"in_busiest_hour": quantity("kerma", above=0, most=100, per=GRAY)},
    )
