"""Formula trees as MathML, one <math> element a term, so that a browser can break a long line between terms."""

from html import escape

from shieldcalc.reports.formulas import Node


def inline(*nodes: Node) -> str:
    """Return the nodes as MathML; a row at the top is cut into elements of its own."""
    terms = [term for node in nodes for term in (node["c"] if node["t"] == "row" else [node])]
    return " ".join(f"<math>{element(term)}</math>" for term in terms)


def element(node: Node) -> str:
    """Return one node as presentation MathML."""
    match node["t"]:
        case "num":
            return _number(node)
        case "sym":
            return _symbol(node)
        case "op":
            return f"<mo>{escape(node['s'])}</mo>"
        case "row":
            return f"<mrow>{''.join(map(element, node['c']))}</mrow>"
        case "frac":
            return f"<mfrac>{element(node['a'])}{element(node['b'])}</mfrac>"
        case "pow":
            return f"<msup>{element(node['a'])}{element(node['b'])}</msup>"
        case "sqrt":
            return f"<msqrt>{element(node['a'])}</msqrt>"
        case "paren":
            return f"<mrow><mo>(</mo>{element(node['a'])}<mo>)</mo></mrow>"
    arguments = f"<mo>{escape(node.get('sep', ','))}</mo>".join(map(element, node["c"]))
    return f"<mrow><mi>{escape(node['f'])}</mi><mo>(</mo>{arguments}<mo>)</mo></mrow>"


def _number(node: Node) -> str:
    if not node["e"]:
        return f"<mn>{node['s']}</mn>"
    return f"<mrow><mn>{node['s']}</mn><mo>×</mo><msup><mn>10</mn><mn>{node['e']}</mn></msup></mrow>"


def _symbol(node: Node) -> str:
    base = f"<mi>{escape(node['s'])}</mi>"
    sub, sup = (f"<mtext>{escape(node[key])}</mtext>" for key in ("sub", "sup"))
    match bool(node["sub"]), bool(node["sup"]):
        case True, True:
            return f"<msubsup>{base}{sub}{sup}</msubsup>"
        case True, False:
            return f"<msub>{base}{sub}</msub>"
        case False, True:
            return f"<msup>{base}{sup}</msup>"
    return base
