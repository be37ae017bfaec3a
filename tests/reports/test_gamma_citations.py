"""Where the tables of gamma rooms come from is told in the reader's language; titles in “ ” and names stay."""

import re

import pytest

from shieldcalc.reports.citations import told
from shieldcalc.tables import table

TABLES = (
    *("nuclides/neutron_sources.csv", "therapy/brachytherapy_maze.csv", "therapy/srs47_t23_scatter90_tvl.csv"),
    *("attenuation/elements.csv", "nuclides/rules.csv", "nuclear_medicine/retention.csv"),
    *("materials/photon_materials.csv", "buildup/ans643_gp_exposure.csv", "dose/icrp74_kerma_h10.csv"),
    *("dose/icrp74_effective.csv", "dose/icrp116_effective.csv", "dose/exposure.csv"),
    "dose/air_kerma_above_10_MeV.csv",
    *("nuclear_medicine/design.csv", "nuclear_medicine/tg108_archer.csv", "nuclear_medicine/tg108_table_iv.csv"),
    *("nuclides/d_values.csv", "nuclides/unsealed_factors.csv", "materials/nist_materials.csv"),
    *(f"accident/{name}.csv" for name in ("dose_rules", "end_conditions", "phases", "plan_contents", "thresholds")),
    *("verify/plausible_figures.csv", "verify/plausible_kinds.csv", "verify/rules.csv", "verify/method_names.csv"),
    *("xray/barium_plaster_vendor.csv", "therapy/gbzt250_curves.csv", "therapy/ncrp49_curves.csv"),
)
ENGLISH = re.compile(
    r"\b(?:the|of|and|is|with|by|from|makers|larger|kept|recalled|where|which|our|as|row|per"
    r"|times|in|to|item|Articles|Table|Annex|copies|beam|so)\b"
)


@pytest.mark.parametrize("language", ["vi", "zh"])
@pytest.mark.parametrize("name", TABLES)
def test_no_english_words_are_left_in_a_source(name: str, language: str) -> None:
    cited = re.sub("“[^”]*”", "", told(table(name).meta["source"], language))
    assert ENGLISH.findall(cited) == [], cited


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("IAEA SRS 47 (2006), Section 8.5: instantaneous dose rate", "IAEA SRS 47 (2006)，第8.5节：瞬时剂量率"),
        ("NCRP Report No. 49 (1976), Table 27", "NCRP 49 号报告 (1976)，表 27"),
        ("NCRP 151 (2005), equation 2.7", "NCRP 151 (2005)，公式 2.7"),
    ],
)
def test_stops_beside_chinese_characters_are_chinese(english: str, chinese: str) -> None:
    assert told(english, "zh") == chinese
    assert "，" not in told(english, "vi")
