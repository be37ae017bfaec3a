"""A stranger's method or report at work: whatever it raises or returns wrongly is told by name, never a traceback.

A method that fails gives a result without doses: every place with people is then undetermined by it. A ShieldcalcError
is a method's own refusal and passes as it is.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from shieldcalc.errors import Notice, PluginError
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.design import Xyz
from shieldcalc.model.result import Goal, Method, Requirement, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.plugin_apart import apart
from shieldcalc.plugin_raised import NO_DOSE, passes, reason_of
from shieldcalc.plugin_result import misfit_dose, wrong_result, wrong_thickness

FAILED, NEEDED = NO_DOSE
NOT_SOLVED = "plugin_failed"


def guarded(method: Method, owner: str) -> Method:
    """Return a method of a plugin that never raises anything but a ShieldcalcError and gives no impossible dose.

    It is given copies: what it changes in them changes nothing for the other methods.
    """

    def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:
        try:
            with apart():
                found = method.compute(*deepcopy((scene, points, options)))
                wrong = wrong_result(method.name, found)
        except BaseException as error:  # a stranger's code may raise anything
            if passes(error):
                raise
            wrong = reason_of(error)
        return _without_doses(method.name, str(method.title), _failed(method.name, owner, wrong)) if wrong else found

    return replace(method, compute=compute, require=_require(method), dose_field=_field(method, owner))


def lost(name: str, owner: str, why: Notice) -> Method:
    """Return what stands for a method of a plugin that could not be used: it gives no dose and says why."""
    said = _failed(name, owner, why)
    return Method(name=name, title=name, reference=owner, valid_for=(), compute=_nothing(name, said), adds_rooms=True)


def without(method: Method, why: Notice) -> Method:
    """Return a method that gives no dose, where a room needs what a plugin does not give; ``why`` says what."""
    said = Notice(NEEDED, {**why.params, "method": method.name, "reason": why})
    return replace(method, compute=_nothing(method.name, said), require=None, dose_field=None)


def _failed(method: str, owner: str, reason: str | Notice) -> Notice:
    return Notice(FAILED, {"plugin": owner, "method": method, "reason": reason})


def _nothing(method: str, said: Notice) -> Callable[[Scene, tuple[Point, ...], Mapping[str, Any]], Result]:
    return lambda _scene, _points, _options: _without_doses(method, method, said)


def _without_doses(method: str, title: str, said: Notice) -> Result:
    return Result(
        method=method,
        title=title,
        reference="",
        points=(),
        barriers=(),
        tables=(),
        notices=(said,),
    )


def _require(method: Method) -> Any:
    if method.require is None:
        return None
    ask = method.require

    def require(
        scene: Scene, result: Result, barrier: str, goals: tuple[Goal, ...], materials: tuple[str, ...]
    ) -> tuple[Requirement, ...]:
        try:
            with apart():
                found = tuple(ask(scene, result, barrier, goals, materials))
            if not any(wrong_thickness(each) for each in found):
                return found
        except BaseException as error:
            if passes(error):
                raise
        return tuple(
            Requirement(material=name, required_mm=None, added_mm=None, reason=NOT_SOLVED) for name in materials
        )

    return require


def _field(method: Method, owner: str) -> Any:
    if method.dose_field is None:
        return None
    ask = method.dose_field

    def tried(call: Callable[..., Any], *arguments: object) -> Any:
        try:
            with apart():
                found = call(*arguments)
            wrong: str | Notice = "" if callable(found) else next(misfit_dose(found), "")
        except BaseException as error:
            if passes(error):
                raise
            wrong = reason_of(error)
        if wrong:
            raise PluginError("plugin_field", plugin=owner, method=method.name, reason=wrong)
        return found

    def dose_field(scene: Scene, quantity: str) -> Callable[[Xyz], float | None] | None:
        found = tried(ask, *deepcopy((scene, quantity)))
        return None if found is None else lambda place: tried(found, place)

    return dose_field


def guarded_report(kind: ReportKind, owner: str) -> ReportKind:
    """Return a report kind of a plugin that raises PluginError, naming it, for whatever it does wrong."""

    def write(assessment: Any, language: str) -> bytes:
        try:
            with apart():
                found = kind.write(deepcopy(assessment), language)
        except BaseException as error:
            if passes(error):
                raise
            raise PluginError("plugin_report", plugin=owner, kind=kind.name, reason=reason_of(error)) from error
        if not isinstance(found, bytes):
            reason = f"{type(found).__name__}, not bytes"
            raise PluginError("plugin_report", plugin=owner, kind=kind.name, reason=reason)
        return found

    return replace(kind, write=write)


def lost_report(ending: str, owner: str, why: Notice) -> ReportKind:
    """Return what stands for a report kind of a plugin that could not be used: it is not written, and says why."""

    def write(_assessment: Any, _language: str) -> bytes:
        raise PluginError("plugin_report", plugin=owner, kind=ending, reason=why)

    return ReportKind(name=ending, endings=(ending,), write=write, holds_sites=True)
