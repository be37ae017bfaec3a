"""Formula trees as Office MathML, what Word shows and edits as equations."""

from xml.sax.saxutils import escape

from shieldcalc.reports.formulas import Node

NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def inline(*nodes: Node) -> str:
    """Return the nodes as one <m:oMath> element."""
    return f'<m:oMath xmlns:m="{NAMESPACE}">{"".join(map(element, nodes))}</m:oMath>'


def element(node: Node) -> str:
    """Return one node of a formula."""
    match node["t"]:
        case "num":
            return _number(node)
        case "sym":
            return _symbol(node)
        case "op":
            return _run(node["s"])
        case "row":
            return "".join(map(element, node["c"]))
        case "frac":
            return f"<m:f><m:num>{element(node['a'])}</m:num><m:den>{element(node['b'])}</m:den></m:f>"
        case "pow":
            return f"<m:sSup><m:e>{element(node['a'])}</m:e><m:sup>{element(node['b'])}</m:sup></m:sSup>"
        case "sqrt":
            root = '<m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/>'
            return f"<m:rad>{root}<m:e>{element(node['a'])}</m:e></m:rad>"
        case "paren":
            return f"<m:d><m:e>{element(node['a'])}</m:e></m:d>"
    sign = escape(node.get("sep", ","), {'"': "&quot;"})
    arguments = "".join(f"<m:e>{element(child)}</m:e>" for child in node["c"])
    return f'{_run(node["f"], "p")}<m:d><m:dPr><m:sepChr m:val="{sign}"/></m:dPr>{arguments}</m:d>'


def _run(text: str, style: str = "p") -> str:
    return f'<m:r><m:rPr><m:sty m:val="{style}"/></m:rPr><m:t xml:space="preserve">{escape(text)}</m:t></m:r>'


def _number(node: Node) -> str:
    if not node["e"]:
        return _run(node["s"])
    ten = f"<m:sSup><m:e>{_run('10')}</m:e><m:sup>{_run(node['e'])}</m:sup></m:sSup>"
    return f"{_run(node['s'] + '×')}{ten}"


def _symbol(node: Node) -> str:
    base = _run(node["s"], "i" if len(node["s"]) == 1 else "p")
    sub, sup = (f"<m:{key}>{_run(node[key])}</m:{key}>" if node[key] else "" for key in ("sub", "sup"))
    name = {(True, True): "sSubSup", (True, False): "sSub", (False, True): "sSup"}.get((bool(sub), bool(sup)))
    return f"<m:{name}><m:e>{base}</m:e>{sub}{sup}</m:{name}>" if name else base
