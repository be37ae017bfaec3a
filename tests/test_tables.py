"""Tables: the head is complete, the rows are whole, and every shipped file says where it is from."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from shieldcalc.errors import DataError
from shieldcalc.resources import data_path, data_root
from shieldcalc.tables import REQUIRED, provenance, table

HEAD = "".join(f"# {key}: something\n" for key in REQUIRED)
DATA = Path(data_root())
SHIPPED = sorted(path.relative_to(DATA).as_posix() for path in DATA.rglob("*.csv"))


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        path = tmp_path / "some.csv"
        path.write_text(text, "utf-8")
        table.cache_clear()
        return str(path)

    return write


def test_the_checkout_is_read_here() -> None:
    assert Path(__file__).parents[1] / "data" == DATA
    assert data_path("a", "b") == str(DATA / "a" / "b")


def test_rows_head_and_provenance(written: Callable[[str], str]) -> None:
    name = written(HEAD + "# note: more\n# A remark: with a colon.\nkvp,alpha\n50,1.5\n100,2.5\n")
    read = table(name)
    assert read.columns == ("kvp", "alpha")
    assert [row["alpha"] for row in read.where(kvp="100")] == ["2.5"]
    assert read.meta["note"] == "more"
    assert "A remark" not in read.meta
    assert read.provenance()["sha256"] == hashlib.sha256(Path(name).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kvp\n50\n", "table_head"),
        (HEAD, "table_empty"),
        (HEAD + "kvp,alpha\n50\n", "table_row"),
        (HEAD + "kvp\n50,60\n", "table_row"),
    ],
)
def test_a_defect_is_refused(written: Callable[[str], str], text: str, code: str) -> None:
    with pytest.raises(DataError) as refused:
        table(written(text))
    assert refused.value.code == code
    assert refused.value.text()


def test_a_row_defect_names_its_line(written: Callable[[str], str]) -> None:
    with pytest.raises(DataError, match="line 8: 1 cells where the header names 2"):
        table(written(HEAD + "kvp,alpha\n50\n"))


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(DataError, match="is not there"):
        provenance("xray/nothing.csv")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_tables_read_and_say_where_they_are_from(name: str) -> None:
    read = table(name)
    assert read.rows
    assert all(read.meta[key] for key in REQUIRED)
    assert provenance(name)["source"]
