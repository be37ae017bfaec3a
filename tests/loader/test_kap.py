"""Kerma-area product, entrance dose and films in a design file: what loads, what is refused."""

from pathlib import Path

import pytest
from small_rooms import SQUARE

from shieldcalc import plugins
from shieldcalc.errors import InputError
from shieldcalc.model.design import Design, Kap
from shieldcalc.model.loader import load

WORKLOAD = 'workload = { distribution = "chest_room", patients_per_week = 100, patients_in_busiest_hour = 5 }\n'
KAP = 'kap = { per_week = "1e5 cGy*cm2", kv = "85 kV", in_busiest_hour = "50 Gy*cm2" }\n'
PROTOCOL = '[[source.protocol]]\nid = "chest"\nkv = "85 kV"\nper_week = 100\n'
FILM = PROTOCOL + 'esd = "0.1 mGy"\nffd = "180 cm"\nfilm_to_skin = "30 cm"\n'


def loaded(tmp_path: Path, text: str) -> Design:
    file = tmp_path / "room.toml"
    file.write_text(text, encoding="utf-8")
    return load(str(file), plugins.catalog())


def refusals(tmp_path: Path, text: str) -> str:
    with pytest.raises(InputError) as found:
        loaded(tmp_path, text)
    return found.value.text()


def test_kerma_area_product_beside_or_in_place_of_a_workload(tmp_path: Path) -> None:
    for text in (SQUARE.replace(WORKLOAD, KAP), SQUARE.replace(WORKLOAD, WORKLOAD + KAP)):
        assert loaded(tmp_path, text).sources[0].kap == Kap(
            per_week_Gy_cm2=1000.0, kv=85.0, in_busiest_hour_Gy_cm2=50.0
        )


def test_films(tmp_path: Path) -> None:
    (protocol,) = loaded(tmp_path, SQUARE.replace(WORKLOAD, "") + FILM).sources[0].protocols
    assert (protocol.entrance_dose_mGy, protocol.focus_to_film_m, protocol.film_to_skin_m) == (0.1, 1.8, 0.3)
    assert protocol.charge_mAs is None
    dental = SQUARE.replace(WORKLOAD, "").replace('kind = "chest"', 'kind = "intraoral_dental"') + PROTOCOL
    assert loaded(tmp_path, dental).sources[0].protocols[0].per_week == 100


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        (SQUARE.replace(WORKLOAD, KAP.replace("1e5 cGy*cm2", "1000 Gy")), "kap.per_week", "Gy*cm2"),
        (SQUARE.replace(WORKLOAD, KAP.replace("1e5 cGy*cm2", "0 Gy*cm2")), "kap.per_week", "more than 0"),
        (SQUARE.replace(WORKLOAD, KAP.replace("50 Gy", "5 Gy")), "kap.in_busiest_hour", "at least 25"),
        (SQUARE.replace(WORKLOAD, KAP.replace("50 Gy", "5000 Gy")), "kap.in_busiest_hour", "1000"),
        (SQUARE.replace(WORKLOAD, KAP.replace(', kv = "85 kV"', "")), "kap", "missing"),
        (SQUARE.replace(WORKLOAD, KAP).replace("use_factor = 1\n", ""), "use_factor", "missing"),
        (SQUARE.replace(WORKLOAD, "") + PROTOCOL, "charge", "missing"),
        (SQUARE.replace(WORKLOAD, "") + FILM.replace('ffd = "180 cm"\n', ""), "ffd", "missing"),
        (SQUARE.replace(WORKLOAD, "") + FILM.replace('"30 cm"', '"180 cm"'), "film_to_skin", "less than"),
        (SQUARE.replace(WORKLOAD, "") + FILM.replace('esd = "0.1 mGy"\n', 'kap = "1 Gy*cm2"\n'), "ffd", "without esd"),
        (SQUARE.replace(WORKLOAD, WORKLOAD + 'table_toward = ["1 m", "1 m", "1 m"]\n'), "table_toward", "no meaning"),
        (SQUARE.replace(WORKLOAD, ""), "workload", "kap"),
    ],
)
def test_refusals(tmp_path: Path, text: str, key: str, words: str) -> None:
    said = refusals(tmp_path, text)
    assert key in said
    assert words in said
