"""Every language has every text, with the same parameters, and no words of another language."""

import re
import string
import tomllib
from pathlib import Path

import pytest

from shieldcalc.resources import data_path
from shieldcalc.texts import LANGUAGES, catalogue

OTHERS = tuple(language for language in LANGUAGES if language != "en")
# What no language translates: units, symbols, names of files, options, keys, formats, reports and instruments.
KEPT_WORDS = """
false A4 TG9
AAPM Al Archer BIR BKHCN BYT CT CTDI DLP Gy ICRP III IPEM LC LENGTH MAS MATERIAL MIT NCRP NCTDI100 PATIENTS PDF
PITCH Python QĐ REGION RPII SHA SHIELDCALC_PLUGINS Sv TG THICKNESS TOML TT TT-BKHCN TTLT UBND UTF VN Word
alpha barrier beam_on cm cm3 ct ctdi density designation distribution dlp docx e2 evaluation folder from g/cm
head hour instruments isocentre k1 k1_mGy kV kVp kerma kind kv layer lead mA mAs mGy mSv method min mm
nCTDI_100 ncrp147 new nothing occupancy outside patients_in_busiest_hour patients_per_week person phantom
photon preshielding protocol python python-docx rad_room_all_barriers radiography regulation shieldcalc source
stopped_by_receptor to true use word workload
CONTROL_WINDOW_ CR DOOR_ DOOR_STEEL_1 DR DSA DWG DXF EOF ERCP Excel GB GBZ LEAD_2 MATERIAL_MILLIMETRES PNG ROOM
position point inside_room
beam focus patient beam_on_per_year dxa_beam scatter stopped time air_kerma document uGy rate true
S_max WALL_ WALL_BRICK_220 WINDOW_ bir brick charge design distance dxf esd ffd film films flatten
fluoroscopy_technique ft gbz130 hollow id in install intraoral kap km per pip png point side skin solid
table_toward theta units wall week xlsx IEC KAP d_F at lead_equivalent mmPb LEAD_GLASS_2PB PB
table_toward theta units wall week xlsx IEC KAP d_F
Z1 Z2 Z3 Z4 operator room ward NIST ICRU Monte Carlo NDX RAD
at date methods on other_contributions room turn
IV MBq imaging keV uptake voiding
Bq TBq Cs Sr D2 e5 GSR RS MW II T08 Faw Shultis cm2 km2 bedside call contact diameter dispersible emergency exposure
fixed_sources form length message mobile_sources none plan pocket public responder situation survey absorbed thyroid map
ANS ANSI E_max Harima MeV NIST activity date daughters dose emission energy extrapolate keV no nuclide on rate
reference separated transmission formula
GBq Ir number
IAEA SRS U m2 maximum_activity rate reference_date treatments_in_busiest_hour uSv HDR NCRP Safety Reports Series No
activity limit maximum point_kernel
reference separated transmission
CFR HJ NĐ CP
LICENSE license__ version__ check dir help license list only plugin plugins pyproject shieldcalc_api toml version
Am Be open_site B1 B2 exposed_per_week
mv MV FFF Co srs47 angle hours per leakage output constant scatter filter alpha count maximum standard F R0 IMRT use
dz sqrt maze transmission Kersey H_0 h0 wu_mcginley ncrp151 srs47 d3 Wu McGinley Q_n neutrons bend thickness shieldcalc
material dose_rate current
zip zip64 submission cm2 reading kW rem instrument manifest deflate rad sha256 claimed
skyshine linac barrier cm Structural Shielding Design and Evaluation for Megavoltage Gamma-Ray Gamma Ray
Radiotherapy Facilities Nelson LaRiviere Simpkin Dixon BS Nogueira Biggs NBS IUPAC BSD
XCOM STAR Ka mu_tr rho Klein Nishina C2 C3
"""
KEPT = set(KEPT_WORDS.split())
FIELD = re.compile(r"\{[^{}]*\}")
LATIN = re.compile(r"[A-Za-z][A-Za-z_0-9]+")


def fields(text: str) -> list[tuple[str, str, str]]:
    return sorted(
        (name, spec or "", way or "") for _, name, spec, way in string.Formatter().parse(text) if name is not None
    )


@pytest.mark.parametrize("language", OTHERS)
def test_same_keys(language: str) -> None:
    assert sorted(catalogue("en").keys() ^ catalogue(language).keys()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_same_parameters(language: str) -> None:
    told, english = catalogue(language), catalogue("en")
    assert [code for code in english if fields(english[code]) != fields(told[code])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_empty(language: str) -> None:
    allowed = {"report.number.group", "report.unit.count"}
    assert {code for code, text in catalogue(language).items() if not text.strip()} <= allowed


def test_no_english_words_in_chinese() -> None:
    left = {
        code: words
        for code, text in catalogue("zh").items()
        if (words := [word for word in LATIN.findall(FIELD.sub("", text)) if word not in KEPT])
    }
    assert left == {}


def test_no_english_sentences_in_vietnamese() -> None:
    english = set(LATIN.findall(FIELD.sub("", " ".join(catalogue("en").values())).lower()))
    vietnamese = {"an", "do", "so", "to", "co", "in", "ban", "hay", "the", "cho", "no", "sang", "than"}
    short = {word for word in english if len(word) <= 3} | vietnamese
    own = {"theo", "trong", "trung", "thanh", "gamma", "micro", "barit", "nhau", "kinh", "tham", "tia", "than"}
    left = {
        code: words
        for code, text in catalogue("vi").items()
        if (
            words := [
                w for w in LATIN.findall(FIELD.sub("", text)) if w.lower() in english - short - own and w not in KEPT
            ]
        )
        and re.search(r"[^\x00-\x7f]", text) is None
    }
    assert {code: words for code, words in left.items() if not code.startswith("report.number")} == {}


def test_titles_of_data_files_are_those_of_the_files() -> None:
    for code, title in catalogue("en").items():
        if code.startswith("report.data_title."):
            text = Path(data_path(*code.removeprefix("report.data_title.").split("/"))).read_text("utf-8")
            assert f"# title: {title}\n" in text, code


def test_every_file_is_toml_of_its_folder() -> None:
    names = {
        language: sorted(str(path.relative_to(data_path("texts", language))) for path in
                         Path(data_path("texts", language)).rglob("*.toml"))
        for language in LANGUAGES
    }  # fmt: skip
    assert all(found == names["en"] for found in names.values())
    assert all(tomllib.loads(Path(data_path("texts", "zh", name)).read_text("utf-8")) for name in names["zh"])
