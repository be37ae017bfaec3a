"""Codes, quantities and user text of an assessment as words of one language. A text that is missing is a TextError."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Self

from shieldcalc.errors import Notice, TextError, told
from shieldcalc.model.assessment import Assessment, BarrierVerdict
from shieldcalc.model.design import Beyond, Layer
from shieldcalc.model.result import LEAD, Finding
from shieldcalc.records import dataclass
from shieldcalc.reports import citations, numbers
from shieldcalc.reports.fonts import visible
from shieldcalc.texts import MissingTextError, known, sentence

_SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠"}
_UNITS = (("mmPb", "mm Pb"), ("uSv", "µSv"), ("uGy", "µGy"), ("cm2", "cm²"), ("m2", "m²"), ("cm3", "cm³"), ("*", "·"))
_UNIT_WORD = re.compile(r"\b(week|year|min|count)\b")
_UNITLESS = ("", "bool", "enum", "category", "map", "count")
_NUMERAL = re.compile(r"\d+(\.\d+)?(e-?\d+)?")
_NAMED = {
    **{"material": "material", "workload": "distribution", "kind": "place"},
    **{"designation": "designation", "other_designation": "designation", "person": "person", "other_person": "person"},
    "force": "force",
}
_OF_LAYER = re.compile(r"(?<= mm )\w+|[a-z]\w*(?= [\d.]+ mm)")  # of "10 mm steel + 5 mm lead" or "lead 5 mm"
_LISTED = re.compile(r"(?:(?<=^)|(?<=, ))\w+")  # the name that each part of a list begins with
_DECIMAL = re.compile(r"\d+\.\d+")
_CALENDAR = ("year",)  # names of years are not numbers: their thousands are never set apart
_CITED = ("detail", "row", "table")
STRONGEST_FIRST = ("binding", "secondary_source", "unverified", "repealed", "not_yet_valid")


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a report says, in one language; ``several``: findings name their method, as more than one computed."""

    language: str
    several: bool = False

    def say(self, key: str, /, **params: object) -> str:
        """Return the text ``report.<key>``."""
        return self.code(f"report.{key}", params)

    def code(self, code: str, params: Mapping[str, object]) -> str:
        """Return the text of a full code; raise TextError where the language has none."""
        try:
            return sentence(code, self.language, **params)
        except MissingTextError as error:
            raise TextError("no_text", key=code, language=self.language, reason=str(error)) from error

    def has(self, code: str) -> bool:
        """Say whether the language has a text; raise TextError where there is no such language."""
        try:
            return known(code, self.language) is not None
        except (MissingTextError, OSError) as error:
            raise TextError("no_text", key=code, language=self.language, reason=str(error)) from error

    def named(self, group: str, name: str) -> str:
        """Return the word for a name that a plugin may add to; a stranger's name stands as it is."""
        code = f"report.{group}.{name}"
        return self.code(code, {}) if self.has(code) else visible(name.replace("_", " "))

    def notice(self, notice: Notice) -> str:
        """Return the sentence of a warning, an assumption or a reason; a rule whose text we do not hold is named."""
        if notice.code.startswith("rules.") and "rule" in notice.params and not self.has(notice.code):
            return self._without_text(str(notice.params["rule"]))
        if notice.code.startswith("errors."):
            shown = told(notice.params, self.language)
            return visible(self.code(notice.code, {key: self._shown(key, value) for key, value in shown.items()}))
        return visible(self.code(notice.code, {key: self._param(key, value) for key, value in notice.params.items()}))

    def notices(self, found: Iterable[Notice]) -> list[str]:
        """Return the sentences of notices, each once; those that differ in their point alone are one."""
        alike: dict[str, list[Notice]] = {}
        for each in found:
            rest = {key: value for key, value in each.params.items() if key != "point"}
            alike.setdefault(repr((each.code, rest)), []).append(each)
        return list(dict.fromkeys(map(self._alike, alike.values())))

    def _alike(self, found: list[Notice]) -> str:
        """Return the sentence of notices that differ in their point alone."""
        points = dict.fromkeys(str(each.params["point"]) for each in found if "point" in each.params)
        params = {**found[0].params, **({"point": ", ".join(points)} if points else {})}
        return self.notice(found[0]._replace(params=params))

    def _param(self, key: str, value: object) -> object:
        """Return a parameter of a notice in words: numbers in the language's format, names by their word."""
        if _number(value):
            return _Shown(value, self.number)  # type: ignore[arg-type]
        if isinstance(value, Notice):
            return self.notice(value)
        if not isinstance(value, str) or (key in _CALENDAR and value.isdecimal()):
            return value
        if key in _NAMED:
            return self.named(_NAMED[key], value)
        if key == "in_unit":
            return self.unit(value)
        if key == "materials":
            return _LISTED.sub(lambda found: self.named("material", found[0]), value)
        if key == "layers":
            return _OF_LAYER.sub(lambda found: self.named("material", found[0]), value)
        if key == "article":
            return self.article(value)
        if key in _CITED:
            return _DECIMAL.sub(lambda found: self.number(found[0]), self.citation(value))
        return self._numeral(value)

    def _shown(self, key: str, value: object) -> object:
        """Return a parameter of an error as it stands in words of the language."""
        return self.citation(value) if key in _CITED and isinstance(value, str) else self._numeral(value)

    def _numeral(self, value: object) -> object:
        """Return a number that is told as text in the language's format, anything else as it is."""
        numeral = isinstance(value, str) and _NUMERAL.fullmatch(value)
        return self.number(numbers.shortest(float(value))) if numeral else value  # type: ignore[arg-type]

    def number(self, text: str) -> str:
        """Return a displayed number in the language's format."""
        return numbers.localised(text, self.say("number.decimal"), self.say("number.group"))

    def shortest(self, value: float, digits: int = 6) -> str:
        """Return ``numbers.shortest`` in the language's format."""
        return self.number(numbers.shortest(value, digits))

    def unit(self, unit: str) -> str:
        """Return a unit with its signs, and its words (week, year) in the language."""
        return _UNIT_WORD.sub(lambda found: self.say(f"unit.{found[1]}"), pretty(unit))

    def citation(self, text: str) -> str:
        """Return the words of a citation, such as section and table, in the language; titles stand as they are."""
        return visible(citations.told(text, self.language))

    def article(self, text: str) -> str:
        """Return the place of a rule in its instrument as the language cites it."""
        return visible(citations.article(text, self.language))

    def label(self, label: str) -> str:
        """Return what a step is told apart by: an averaging, a beam or a protocol, a tube potential."""
        whole = citations.label(label, self.language)
        return whole or ", ".join(self._label_part(part) for part in label.split(", ") if part)

    def is_label(self, label: str) -> bool:
        """Say whether a label is told as a whole."""
        return bool(label and citations.label(label, self.language))

    def _label_part(self, part: str) -> str:
        number, _, unit = part.partition(" ")
        if unit == "kV" and _NUMERAL.fullmatch(number):
            return self.amount(self.number(number), unit)
        known = citations.label(part, self.language)
        return known or (self.named("distribution", part) if self.has(f"report.distribution.{part}") else visible(part))

    def paraphrase(self, finding: Finding) -> str:
        """Return what the rule demands; a plugin's rule whose text we do not hold is named instead."""
        if self.has(finding.paraphrase):
            return self.code(finding.paraphrase, {})
        if finding.paraphrase.startswith("rules."):
            return self._without_text(finding.rule)
        return visible(finding.paraphrase)

    def _without_text(self, rule: str) -> str:
        return self.say("rule_without_text", rule=visible(rule))

    def verdict(self, outcome: str, force: str) -> str:
        """Return outcome and force together: "pass - binding"."""
        return self.say("verdict", outcome=self.say(f"outcome.{outcome}"), force=self.say(f"force.{force}"))

    def subject(self, finding: Finding) -> str:
        """Return what a finding is about, with its method where there are several."""
        code = f"report.{finding.subject}"
        worn = finding.subject.startswith("protective.") and self.has(code)
        name = self.code(code, {}) if worn else visible(finding.subject)
        if not (self.several and finding.method):
            return name
        return self.say("by_method", subject=name, method=self.method(finding.method))

    def method(self, name: str) -> str:
        """Return a method's short name."""
        return self.named("method", name)

    def no_rule(self, verdict: BarrierVerdict) -> str:
        """Return the outcome of a barrier that no dose rule judged."""
        return self.say("no_rule", outcome=self.say(f"outcome.{verdict.outcome}"))

    def amount(self, text: str, unit: str) -> str:
        """Return a number with its unit as printed."""
        return f"{text} {self.unit(unit)}" if unit not in _UNITLESS else text

    def value(self, value: Any, unit: str) -> str:
        """Return any value that a finding carries: number, yes or no, names, not known."""
        match value:
            case None:
                return self.say("unknown")
            case bool():
                return self.say("yes" if value else "no")
            case int() | float():
                whole = unit == "count" or float(value) == 0
                shown = numbers.shortest(float(value)) if whole else numbers.rounded(float(value))
                return self.amount(self.number(shown), unit)
            case str():
                return self._name(value)
        return ", ".join(self._name(str(part)) for part in value) or self.say("none")

    def _name(self, name: str) -> str:
        """Return the word for a value that is a name: a place, an answer, a designation, or an id as it stands."""
        group = next((group for group in ("place", "answer", "designation") if self.has(f"report.{group}.{name}")), "")
        return self.named(group, name) if group else visible(name)

    def compared(self, finding: Finding) -> tuple[str, str]:
        """Return value and limit of a finding as texts; numbers never rounded across the limit."""
        value, limit = finding.value, finding.limit
        if not finding.comparator:  # nothing was compared: the reason says what was found
            return self.say("dash"), self.say("dash")
        if _number(value) and _number(limit) and finding.unit == finding.limit_unit:
            shown, bound = map(self.number, numbers.beside(float(value), float(limit)))  # type: ignore[arg-type]
            shown = self.value(value, finding.unit) if finding.unit == "count" else self.amount(shown, finding.unit)
            texts = shown, self.amount(bound, finding.limit_unit)
        else:
            bound = self.shortest(float(limit)) if _number(limit) else ""  # type: ignore[arg-type]
            text = self.amount(bound, finding.limit_unit) if bound else self.value(limit, finding.limit_unit)
            texts = self.value(value, finding.unit), text
        return texts[0], f"{self.comparator(finding.comparator)} {texts[1]}".strip()

    def comparator(self, comparator: str) -> str:
        """Return the sign or word of a comparison."""
        return _SIGNS.get(comparator) or self.named("comparator", comparator)

    def margin(self, margin: float | None) -> str:
        """Return limit / value as a factor."""
        return self.say("dash") if margin is None else self.number(numbers.margin(margin))

    def beyond(self, beyond: Beyond | None) -> str:
        """Return the kind of place and its own name."""
        if beyond is None:
            return self.say("dash")
        kind = self.named("place", beyond.kind)
        return self.say("place_named", place=kind, name=visible(beyond.name)) if beyond.name.strip() else kind

    def layers(self, layers: Iterable[Layer]) -> str:
        """Return the layers from the room outwards."""
        return " + ".join(self._layer(layer) for layer in layers) or self.say("none")

    def _layer(self, layer: Layer) -> str:
        material = self.named("material", layer.material)
        form = self.say(f"form.{layer.form}", material=material) if layer.form else material
        if layer.lead_equivalent_mm is not None:
            form = self._marked(form, layer.lead_equivalent_mm, layer.lead_equivalent_kv)
            if layer.thickness_mm == layer.lead_equivalent_mm:
                return form
        text = self.say("layer", thickness=self.shortest(layer.thickness_mm), material=form)
        density = layer.density_g_per_cm3
        return text if density is None else self.say("layer_density", layer=text, density=self.shortest(density))

    def _marked(self, material: str, lead_mm: float, kv: float | None) -> str:
        """Return a material with the lead equivalent marked on it."""
        if kv is None:
            return self.say("layer_lead", material=material, lead=self.shortest(lead_mm))
        return self.say("layer_lead_at", material=material, lead=self.shortest(lead_mm), kv=self.shortest(kv))

    def reason(self, code: str) -> str:
        """Return why a thickness cannot be said; empty where it can."""
        if not code:
            return ""
        return self.code(code, {}) if self.has(code) else self.named("reason", code)

    def instrument(self, status: Mapping[str, str]) -> str:
        """Return an instrument's title in the report's language where there is one, else its own."""
        code = status.get("title_code", "")
        return self.code(code, {}) if self.has(code) else visible(status.get("title", ""))

    def status(self, status: Mapping[str, str]) -> str:
        """Return an instrument's state on the date, its dates, and what of it is not held."""
        parts = [self.named("state", status.get("state", "not_said"))]
        for key in ("effective", "expiry", "replaced_by"):
            parts += [self.say(f"since.{key}", value=visible(status[key]))] if status.get(key) else []
            if key == "effective" and status.get("effective_confidence"):
                sure = self.named("day", status["effective_confidence"].replace(" ", "_"))
                parts.append(self.say("since.effective_confidence", value=sure))
        if status.get("replaces") and status.get("state") == "not_yet_valid":
            parts.append(self.say("since.before", value=visible(status["replaces"])))
        if status.get("changed_by"):
            parts.append(self.say("since.changed", by=visible(status["changed_by"]), on=status.get("changed_on", "")))
        missing = [self._not_held(name) for name in status.get("not_held", "").split()]
        parts += [self.say("since.not_held", names=", ".join(missing))] if missing else []
        parts += [self.say("since.no_text")] if status.get("text_held") == "no" else []
        return "; ".join(parts)

    def _not_held(self, name: str) -> str:
        """Return the words for a part of an instrument whose text is not held."""
        code = f"rules.not_held.{name}"
        return self.code(code, {}) if self.has(code) else self.named("not_held", name)

    def beam(self, beam: str) -> str:
        """Return a beam's name, such as "rad_room_all_barriers secondary" or "125 kV primary", in words."""
        *quality, component = beam.split() or [""]
        name = self.named("distribution", quality[0]) if len(quality) == 1 else self._quality(" ".join(quality))
        return ", ".join(part for part in (name, self.named("component", component)) if part)

    def _quality(self, quality: str) -> str:
        return visible(_DECIMAL.sub(lambda found: self.number(found[0]), quality))

    def optional(self, value: float | None, unit: str = "") -> str:
        """Return a declared number as it was given, or a dash."""
        return self.say("dash") if value is None else self.amount(self.shortest(value), unit)


class _Shown(float):
    """A number that formats itself in the language, whatever a sentence asks for."""

    def __new__(cls, value: float, number: Callable[[str], str]) -> Self:
        """Keep the value with the way to print it."""
        made = super().__new__(cls, value)
        made._number = number
        return made

    _number: Callable[[str], str]

    def __format__(self, spec: str) -> str:
        """Return the number in the language's format."""
        return self._number(numbers.shortest(float(self)))

    def __str__(self) -> str:
        """Return the number in the language's format."""
        return format(self)

    __repr__ = __str__


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def pretty(unit: str) -> str:
    """Return a unit with its signs: uSv/h as µSv/h."""
    for plain, printed in _UNITS:
        unit = unit.replace(plain, printed)
    return unit


def decisive(assessment: Assessment, verdict: BarrierVerdict) -> Finding | None:
    """Return the finding that stands for a barrier: of its outcome, the strongest force, then the smallest margin."""
    points = points_of(assessment, verdict)
    own = [f for f in assessment.findings if f.outcome == verdict.outcome and f.by(verdict.method)]
    found = [f for f in own if f.subject in points and f.dose_rule]
    found = found or [f for f in own if f.subject.startswith(f"{verdict.barrier}/") and f.quantity in LEAD]
    return min(found, key=lambda f: (STRONGEST_FIRST.index(f.force), _margin(f)), default=None)


def points_of(assessment: Assessment, verdict: BarrierVerdict) -> tuple[str, ...]:
    """Return the ids of the points behind a barrier in the result of the verdict's method."""
    return next(
        (
            barrier.points
            for result in assessment.results
            for barrier in result.barriers
            if result.method == verdict.method and barrier.barrier == verdict.barrier
        ),
        (),
    )


def _margin(finding: Finding) -> float:
    return float("inf") if finding.margin is None else finding.margin


class Bounds:
    """The limits that a dose at a point is read against, so that its display stays on its side of them."""

    def __init__(self, assessment: Assessment, words: Words) -> None:
        self._words = words
        self._limits: dict[tuple[str, str], set[float]] = {}
        for verdict in assessment.barriers:
            for goal in verdict.goals:
                self._limits.setdefault((goal.point, goal.quantity), set()).add(goal.limit)
        for finding in assessment.findings:
            for quantity, limit in finding.bounds.items():
                self._limits.setdefault((finding.subject, quantity), set()).add(limit)

    def show(self, point: str, quantity: str, value: float | None) -> str | None:
        """Return one dose for display; None stays None."""
        limits = self._limits.get((point, quantity), ())
        return None if value is None else self._words.number(numbers.clear_of(value, limits))
