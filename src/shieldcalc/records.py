"""Frozen dataclasses that are made quickly: a room's check needs a hundred of them before it reads a file.

``dataclasses.dataclass`` compiles six functions a class. Here five are shared by all classes, and ``__init__`` is
compiled when the first thing of a class is made. Fields, ``replace``, ``asdict``, equality, hashes, order of arguments
and pickles are those of ``@dataclass(frozen=True, slots=True)``.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    from dataclasses import MISSING, FrozenInstanceError, fields
    from dataclasses import dataclass as _dataclass
    from dataclasses import field as field
    from functools import cache
    from operator import attrgetter

    _class_of: Any = vars(object)["__class__"]

    def dataclass(*, frozen: bool, slots: bool, kw_only: bool = False, repr: bool = True, eq: bool = True) -> Any:  # noqa: A002
        """Return what makes a class a frozen dataclass with slots; ``repr`` and ``eq`` as of ``dataclasses``."""
        assert frozen
        assert slots

        def made(plain: type) -> type:
            own = vars(plain)
            cls = _dataclass(init=False, repr=False, eq=False, kw_only=kw_only, slots=True)(plain)
            cls.__init__ = _init_when_used(cls)
            cls.__setattr__, cls.__delattr__ = _no_setting, _no_deleting
            cls.__getstate__, cls.__setstate__ = _state, _set_state
            if repr and "__repr__" not in own:
                cls.__repr__ = _repr
            if eq and "__eq__" not in own:
                cls.__eq__, cls.__hash__ = _comparing(cls)
            return cls

        return made

    def replace(record: Any, /, **changes: Any) -> Any:
        """Return the record with other values of some fields, as ``dataclasses.replace`` does, ten times as fast."""
        return _replacing(record.__class__)(record, **changes)

    @cache
    def _replacing(cls: type) -> Any:
        """Return what gives a thing of a class with other values, compiled as ``__init__`` is."""
        names = [each.name for each in fields(cls) if each.init]
        if cls.__bases__ != (object,):
            return lambda record, **changes: cls(**({name: getattr(record, name) for name in names} | changes))
        lines = [f"def replaced(record, /, *, {', '.join(f'{name}=_same' for name in names)}):"]
        lines += ["  new = _new(_open)"]
        lines += [f"  new.{name} = record.{name} if {name} is _same else {name}" for name in names]
        lines += ["  new.__class__ = _own", *_ends(cls, "new"), "  return new"]
        known: dict[str, Any] = {"_same": object(), "_new": object.__new__, "_open": _open(cls), "_own": cls}
        exec("\n".join(lines), known)
        return known["replaced"]

    @cache
    def _open(cls: type) -> type:
        """Return a class of things like those of another, but not frozen."""
        return type(cls.__name__, (), {"__slots__": vars(cls)["__slots__"]})

    def _ends(cls: type, thing: str) -> list[str]:
        return [f"  {thing}.__post_init__()"] if hasattr(cls, "__post_init__") else []

    def _init_when_used(cls: type) -> Any:
        def init(self: Any, *args: Any, **named: Any) -> None:
            if cls.__init__ is init:
                cls.__init__ = _compiled(cls)
            cls.__init__(self, *args, **named)

        return init

    def _compiled(cls: type) -> Any:
        """Return ``__init__``: the fields in their order, those that must be named last.

        Setting what is frozen takes a call for each field. So a thing is first made one of an equal class that is not,
        which takes a tenth; of a class that inherits fields, or a class below this one, it is not.
        """
        known: dict[str, Any] = {"_none": MISSING, "_own": None, "_put": _put, "_turn": _class_of.__set__}
        if cls.__bases__ == (object,):
            known |= {"_own": cls, "_open": _open(cls)}
        heads: tuple[list[str], list[str]] = ([], [])
        values = dict[str, str]()
        for each in fields(cls):
            if not each.init:  # what __post_init__ sets; one with a default is used nowhere
                assert each.default is MISSING
                assert each.default_factory is MISSING
                continue
            name = each.name
            values[name], default = name, ""
            if each.default is not MISSING:
                known[f"_default_{name}"], default = each.default, f"=_default_{name}"
            elif each.default_factory is not MISSING:
                known[f"_make_{name}"], default = each.default_factory, "=_none"
                values[name] = f"_make_{name}() if {name} is _none else {name}"
            heads[each.kw_only].append(name + default)
        known["_setters"] = [getattr(cls, name).__set__ for name in values]
        arguments = ", ".join(["self", *heads[0], *(["*", *heads[1]] if heads[1] else [])])
        lines = [f"def __init__({arguments}):", "  if self.__class__ is not _own:"]
        lines += [f"    _put(self, _setters, [{', '.join(values.values())}])", "  else:", "    _turn(self, _open)"]
        lines += [*(f"    self.{name} = {value}" for name, value in values.items()), "    self.__class__ = _own"]
        exec("\n".join([*lines, *_ends(cls, "self")]), known)
        known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
        return known["__init__"]

    def _put(self: Any, setters: list[Any], values: list[Any]) -> None:
        for setter, value in zip(setters, values, strict=True):
            setter(self, value)

    def _comparing(cls: type) -> tuple[Any, Any]:
        every = fields(cls)
        compared = _values([each.name for each in every if each.compare])
        hashed = _values([each.name for each in every if (each.compare if each.hash is None else each.hash)])

        def equal(self: Any, other: object) -> Any:
            return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

        def hash_of(self: Any) -> int:
            return hash(hashed(self))

        return equal, hash_of

    def _values(names: list[str]) -> Any:
        return attrgetter(*names) if names else _nothing

    def _nothing(_: Any) -> tuple[()]:
        return ()

    def _repr(self: Any) -> str:
        shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
        return f"{self.__class__.__qualname__}({', '.join(shown)})"

    def _no_setting(_self: Any, name: str, _value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _no_deleting(_self: Any, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _state(self: Any) -> list[Any]:
        return [getattr(self, each.name) for each in fields(self)]

    def _set_state(self: Any, state: list[Any]) -> None:
        for each, value in zip(fields(self), state, strict=True):
            object.__setattr__(self, each.name, value)
