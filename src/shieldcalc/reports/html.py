"""The report as one HTML file: CSS and plan inside it, no scripts, no outside requests; every text is escaped."""

from collections.abc import Iterable
from html import escape
from typing import Any

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports import mathml
from shieldcalc.reports.blocks import Block
from shieldcalc.reports.content import content
from shieldcalc.resources import data_path

_EQUALS = {"t": "op", "s": "="}


def write(assessment: Assessment | SiteAssessment, language: str) -> bytes:
    """Return the HTML report in UTF-8. Raises TextError where the language lacks a text."""
    return laid_out(content(assessment, language))


def laid_out(report: dict[str, Any]) -> bytes:
    """Return any content of a report as HTML in UTF-8."""
    with open(data_path("templates_report", "report.css"), encoding="utf-8") as file:
        style = file.read()
    return _page(report, style).encode()


def _page(report: dict[str, Any], style: str) -> str:
    title, verdict = escape(report["title"]), report["verdict"]
    badge = f"<strong>{escape(verdict['text'])}</strong>{escape(verdict['note'])}"
    return (
        f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="{escape(report["lang"])}">\n'
        f'<head>\n<meta charset="utf-8"/>\n<meta name="viewport" content="width=device-width"/>\n'
        f"<title>{title} – {escape(report['running'])}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n{_facts(report['facts'])}"
        f'<div class="verdict {verdict["tone"]}">{badge}</div>\n'
        f"{''.join(map(_section, report['sections']))}</body>\n</html>\n"
    )


def _section(part: Block) -> str:
    head = f"<h2>{part['number']} {escape(part['title'])}</h2>\n"
    kind = ' class="part"' if part.get("break") else ""
    return f"<section{kind}>\n{head}{''.join(map(_block, part['blocks']))}</section>\n"


def _block(block: Block) -> str:
    return _WRITERS[block["type"]](block)


def _facts(block: Block) -> str:
    rows = (f'<tr><th scope="row">{escape(label)}</th><td>{escape(value)}</td></tr>' for label, value in block["rows"])
    return f'<table class="facts"><tbody>{"".join(rows)}</tbody></table>\n'


def _table(block: Block) -> str:
    columns = block["columns"]
    total = sum(column["share"] for column in columns)
    widths = "".join(f'<col style="width:{100 * column["share"] / total:.1f}%"/>' for column in columns)
    heads = "".join(f'<th scope="col" class="{column["align"]}">{escape(column["title"])}</th>' for column in columns)
    rows = "".join(f"<tr>{_cells(row, columns)}</tr>\n" for row in block["rows"])
    head = f"<colgroup>{widths}</colgroup><thead><tr>{heads}</tr></thead>"
    return f'<table class="data">{head}<tbody>\n{rows}</tbody></table>\n'


def _cells(row: Iterable[dict[str, str]], columns: list[dict[str, str]]) -> str:
    pairs = zip(row, columns, strict=True)
    return "".join(_cell(cell, column["align"]) for cell, column in pairs)


def _cell(cell: dict[str, str], align: str) -> str:
    note = f'<span class="note">{escape(cell["note"])}</span>' if cell["note"] else ""
    return f'<td class="{align} {cell["tone"]}">{escape(cell["text"])}{note}</td>'


def _text(block: Block) -> str:
    return f'<p class="{block["tone"]}">{escape(block["text"])}</p>\n'


def _subheading(block: Block) -> str:
    return f"<h3>{escape(block['text'])}</h3>\n"


def _bullets(block: Block) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block['items'])}</ul>\n"


def _figure(block: Block) -> str:
    drawing = block["svg"].replace("<svg ", f'<svg role="img" aria-label="{escape(block["alt"])}" ', 1)
    return f"<figure>{drawing}<figcaption>{escape(block['caption'])}</figcaption></figure>\n"


def _signatures(block: Block) -> str:
    heads = "".join(f"<th>{escape(part)}</th>" for part in ["", *block["parts"]])
    blank = "<td></td>" * len(block["parts"])
    rows = "".join(f'<tr><th scope="row">{escape(role)}</th>{blank}</tr>' for role in block["roles"])
    return f'<table class="signatures"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>\n'


def _definitions(block: Block) -> str:
    return "".join(map(_definition, block["items"]))


def _definition(item: Block) -> str:
    formula = mathml.inline(item["symbol"], _EQUALS, item["formula"])
    units = ", ".join(f"{mathml.inline(symbol)}: {escape(unit)}" for symbol, unit in item["units"])
    return (
        f'<div class="step">({item["number"]}) <span class="formula">{formula}</span>'
        f'<span class="line units">{units}</span><span class="line from">{escape(item["source"])}</span></div>\n'
    )


def _steps(block: Block) -> str:
    return f"<h4>{escape(block['title'])}</h4>\n{''.join(map(_step, block['items']))}"


def _step(item: Block) -> str:
    numbers = mathml.inline(item["symbol"], _EQUALS, item["numbers"], _EQUALS, item["value"])
    label = f'<span class="from">{escape(item["label"])}</span>' if item["label"] else ""
    remark = f'<span class="line remark">{escape(item["remark"])}</span>' if item["remark"] else ""
    line = f'<span class="numbers">{numbers}</span> {escape(item["unit"])} {label}{remark}'
    return f'<div class="step">({item["number"]}) {line}</div>\n'


def _varied(block: Block) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in block["heads"])
    rows = "".join(map(_varied_row, block["rows"]))
    return f'<table class="data varied"><thead><tr>{heads}</tr></thead><tbody>\n{rows}</tbody></table>\n'


def _varied_row(row: Block) -> str:
    given = "; ".join(_nowrap(mathml.inline(name, _EQUALS, value)) for name, value in row["given"])
    results = "<br/>".join(map(_result, row["results"]))
    return f"<tr><td>{escape(row['title'])}</td><td>{given}</td><td>{results}</td></tr>\n"


def _result(item: Block) -> str:
    label = f' <span class="from">{escape(item["label"])}</span>' if item["label"] else ""
    shown = _nowrap(f"{mathml.inline(item['symbol'], _EQUALS, item['value'])} {escape(item['unit'])}")
    return f"({item['number']}) {shown}{label}"


def _nowrap(inner: str) -> str:
    return f'<span class="whole">{inner}</span>'


_WRITERS = {
    "facts": _facts,
    "table": _table,
    "text": _text,
    "subheading": _subheading,
    "bullets": _bullets,
    "figure": _figure,
    "signatures": _signatures,
    "definitions": _definitions,
    "steps": _steps,
    "varied": _varied,
}

KIND = ReportKind(name="html", endings=(".html",), write=write, holds_sites=True)
