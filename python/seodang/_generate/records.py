"""The Python classes of layers, losses and their like, from the Rust records."""

from __future__ import annotations

import json
import keyword
import textwrap
from pathlib import Path

from .._orders import ordered, takes_activity_regularizer

_HEADER = '''"""{about}

Written by `python -m seodang._generate` from the Rust records; do not edit.
"""

from __future__ import annotations

from typing import Any, ClassVar

from {base_module} import {base}
'''

# Each family: where its classes go, what they inherit, and the options that come last.
_FAMILIES = {
    "layers": ("keras/layers", ".record", "RecordLayer", "Layers, computed in Rust."),
    "initializers": ("keras/initializers", ".base", "RecordInitializer", "How weights begin."),
    "regularizers": ("keras/regularizers", ".base", "RecordRegularizer", "Penalties on weights."),
    "constraints": ("keras/constraints", ".base", "RecordConstraint", "What weights must fulfil."),
    "losses": ("keras/losses", ".base", "RecordLoss", "Losses, computed in Rust."),
    "metrics": ("keras/metrics", ".base", "RecordMetric", "Metrics, computed in Rust."),
    "optimizers": ("keras/optimizers", ".base", "RecordOptimizer", "Optimizers in Rust."),
    "schedules": (
        "keras/optimizers/schedules",
        ".base",
        "RecordSchedule",
        "Learning rates that change with the step.",
    ),
}

_LAST = ("name", "trainable", "dtype", "activity_regularizer")

# Classes whose computation takes other arguments than their family's.
_BASES = {
    "Mean": "RecordMean",
    "Sum": "RecordMean",
    **dict.fromkeys(
        ("SimpleRNN", "LSTM", "GRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"),
        "RecurrentRecordLayer",
    ),
    **dict.fromkeys(("SimpleRNNCell", "LSTMCell", "GRUCell"), "CellRecordLayer"),
    **dict.fromkeys(("Attention", "AdditiveAttention"), "AttentionRecordLayer"),
    **dict.fromkeys(("MultiHeadAttention", "GroupedQueryAttention"), "HeadsRecordLayer"),
}

# Where those bases are that do not lie beside their family's.
_HOMES = {
    "RecurrentRecordLayer": ".recurrent",
    "CellRecordLayer": ".recurrent",
    "AttentionRecordLayer": ".attention",
    "HeadsRecordLayer": ".attention",
}

# Classes that Python writes, because they hold Python layers.
_BY_HAND = {
    "layers": {
        "InputLayer",
        "Input",
        "Lambda",
        "Bidirectional",
        "TimeDistributed",
        "Wrapper",
        "RNN",
        "StackedRNNCells",
        "Normalization",
        "Functional",
        "Sequential",
    },
}

_KINDS = {
    "Activation": "activation",
    "Initializer": "initializer",
    "Regularizer": "regularizer",
    "Constraint": "constraint",
    "Layer": "layer",
    "DTypePolicy": "dtype",
    "LearningRate": "schedule",
    "LearningRateSchedule": "schedule",
    "Schedule": "schedule",
}

_TYPES = {"integer": "int", "number": "float", "boolean": "bool", "string": "str"}


def _snake(name: str) -> str:
    from ..keras._config import to_snake_case

    return to_snake_case(name)


def _refs(schema: dict) -> list[str]:
    """The definitions that a property's schema names directly."""
    found = []
    if "$ref" in schema:
        found.append(schema["$ref"].rsplit("/", 1)[-1])
    for key in ("anyOf", "oneOf", "allOf"):
        for part in schema.get(key, ()):
            found.extend(_refs(part))
    return found


def _kind(schema: dict) -> str | None:
    return next((_KINDS[r] for r in _refs(schema) if r in _KINDS), None)


def _nullable(schema: dict) -> bool:
    kind = schema.get("type")
    if kind == "null" or (isinstance(kind, list) and "null" in kind):
        return True
    return any(_nullable(p) for key in ("anyOf", "oneOf") for p in schema.get(key, ()))


def _annotation(schema: dict) -> str:
    kind = schema.get("type")
    kinds = kind if isinstance(kind, list) else [kind]
    plain = [k for k in kinds if k != "null"]
    if len(plain) != 1 or plain[0] not in _TYPES or "$ref" in schema:
        return "Any"
    text = _TYPES[plain[0]]
    return f"{text} | None" if "null" in kinds else text


def _default(name: str, schema: dict, family: str):
    """An option's default as Python programs write it."""
    value = schema.get("default")
    if name == "dtype":
        return None
    if isinstance(value, dict) and "class_name" in value:
        config = value.get("config") or {}
        if all(v is None or v is False or not isinstance(v, (int, float, str)) for v in
               config.values()) or _kind(schema) == "initializer" and _is_plain(value):
            return _snake(value["class_name"])
        return value
    if family == "layers" and name == "activation" and value == "linear":
        return None
    if name == "data_format":
        return None
    if isinstance(value, list) and value and all(isinstance(v, int) for v in value):
        return tuple(value)
    return value


def _is_plain(value: dict) -> bool:
    """Whether a saved initializer is one without options of its own."""
    return value["class_name"] in ("Zeros", "Ones", "GlorotUniform", "Orthogonal", "RandomUniform")


def _literal(value) -> str:
    """A value as Python source, with double quotes."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return f'float("{value}")'
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(k)}: {_literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        inner = ", ".join(_literal(v) for v in value)
        if isinstance(value, list):
            return f"[{inner}]"
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return repr(value)


def _wrap(text: str, indent: int, first: str = "") -> list[str]:
    space = " " * indent
    text = " ".join(text.split())
    return textwrap.wrap(
        text, 98, initial_indent=space + first, subsequent_indent=space + ("    " if first else "")
    )


def _doc(description: str, options: list[tuple[str, dict]]) -> list[str]:
    # Examples in the records' documentation are Rust.
    description = description.split("```")[0].strip()
    paragraphs = [p for p in description.split("\n\n") if p.strip()]
    lines: list[str] = []
    for i, paragraph in enumerate(paragraphs):
        wrapped = _wrap(paragraph, 4)
        if i == 0:
            wrapped = _wrap(paragraph, 4, '"""')
            wrapped = [wrapped[0]] + [w.replace("        ", "    ", 1) for w in wrapped[1:]]
        else:
            lines.append("")
        lines.extend(wrapped)
    if not lines:
        lines = ['    """Options only.']
    if options:
        lines += ["", "    Args:"]
        for name, schema in options:
            lines.extend(_wrap(f"{name}: {schema.get('description', '')}", 8))
    lines.append('    """')
    return [line.replace("\\", "\\\\").rstrip() for line in lines]


def _class(entry: dict, family: str, base: str) -> list[str]:
    schema = json.loads(entry["schema"]) if isinstance(entry["schema"], str) else entry["schema"]
    required = entry.get("required") or schema.get("required") or []
    properties = dict(schema.get("properties", {}))
    name = entry["class_name"]
    own = [(k, properties[k]) for k in properties if k not in _LAST]
    placed = [(k, properties[k]) for k in ordered(family, name, list(properties))]
    first = [(k, v) for k, v in placed if k in required]
    rest = [(k, v) for k, v in placed if k not in required]
    last: list = []
    if family == "layers":
        middle = ()
        if takes_activity_regularizer(family, name, properties):
            middle = ("activity_regularizer",)
        rest = [(k, v) for k, v in rest if k not in _LAST or k in middle]
        last = [(k, v) for k, v in properties.items() if k in _LAST and k not in middle]
    else:
        own += [(k, v) for k, v in properties.items() if k in _LAST]
    every = [*first, *rest, *last]
    lines = ["", "", f"class {name}({_BASES.get(name, base)}):"]
    lines += _doc(entry.get("doc") or schema.get("description", ""), every)
    lines.append("")
    lines.append(f'    _record = "{name}"')
    fields = tuple(k for k, _ in own)
    lines += _tuple_lines("_fields: ClassVar[tuple[str, ...]]", fields)
    kinds = {k: _kind(v) for k, v in own if _kind(v)}
    lines += _dict_lines("_kinds: ClassVar[dict[str, str]]", kinds)
    defaults = {k: _default(k, v, family) for k, v in rest if k != "activity_regularizer"}
    lines += _dict_lines("_default_options: ClassVar[dict[str, Any]]", defaults)
    nullable = {k for k, v in own if _nullable(v) and defaults.get(k) is not None}
    if nullable:
        lines += _tuple_lines("_nullable: ClassVar[tuple[str, ...]]", tuple(sorted(nullable)))
    lines.append("")
    lines.append("    def __init__(")
    lines.append("        self,")
    for k, v in first:
        lines.append(f"        {k}: {_annotation(v)},")
    for k, v in rest:
        default = _default(k, v, family)
        note = _annotation(v)
        if default is None and note != "Any" and "None" not in note:
            note += " | None"
        lines += _parameter(k, note, default)
    if last:
        lines.append("        *,")
        for k, v in last:
            default = {"trainable": True}.get(k)
            note = {"name": "str | None", "trainable": "bool"}.get(k, "Any")
            lines.append(f"        {k}: {note} = {default!r},")
    lines.append("        **kwargs: Any,")
    lines.append("    ) -> None:")
    lines.append("        super().__init__(")
    lines.append("            {")
    for k, _ in every:
        lines.append(f'                "{k}": {k},')
    lines.append("            },")
    lines.append("            kwargs,")
    lines.append("        )")
    for alias in entry.get("aliases", ()):
        if alias.isidentifier() and not keyword.iskeyword(alias) and alias[:1].isupper():
            lines += ["", "", f"{alias} = {name}"]
    return lines


def _parameter(name: str, note: str, default) -> list[str]:
    line = f"        {name}: {note} = {_literal(default)},"
    if len(line) <= 100:
        return [line]
    return [f"        {name}: {note} = None,"]


def _tuple_lines(name: str, values: tuple) -> list[str]:
    if not values:
        return [f"    {name} = ()"]
    lines = [f"    {name} = ("]
    lines += [f"        {_literal(v)}," for v in values]
    return [*lines, "    )"]


def _dict_lines(name: str, values: dict) -> list[str]:
    if not values:
        return [f"    {name} = {{}}"]
    lines = [f"    {name} = {{"]
    for k, v in values.items():
        lines.append(f"        {_literal(k)}: {_literal(v)},")
    return [*lines, "    }"]


def _module(family: str, table: list[dict]) -> str:
    _, base_module, base, about = _FAMILIES[family]
    others = {_BASES[e["class_name"]] for e in table if e["class_name"] in _BASES}
    others = sorted(others) if family in ("metrics", "layers") else []
    bases = ", ".join(sorted({base, *others}) if family == "metrics" else [base])
    header = _HEADER.format(about=about, base_module=base_module, base=bases).rstrip("\n")
    header, base_import = header.rsplit("\n", 1)
    imports = [base_import]
    for home in sorted({_HOMES[o] for o in others if o in _HOMES}):
        imports.append(f"from {home} import {', '.join(o for o in others if _HOMES.get(o) == home)}")
    lines = [header, *sorted(imports)]
    names: list[str] = []
    for entry in sorted(table, key=lambda e: e["class_name"]):
        if entry["class_name"] in _BY_HAND.get(family, ()):
            continue
        lines += _class(entry, family, base)
        names.append(entry["class_name"])
        names += [a for a in entry.get("aliases", ()) if a[:1].isupper() and a.isidentifier()]
    lines += ["", "", "NAMES = ("]
    lines += [f"    {_literal(name)}," for name in sorted(names)]
    return "\n".join([*lines, ")"]) + "\n"


def _tables() -> dict[str, list[dict]]:
    from .. import _native

    out = {}
    for family in _FAMILIES:
        try:
            out[family] = _native.family_table(family)
        except ValueError:
            continue
    return out


def outputs(root: Path) -> dict[Path, str]:
    """The texts of the files with the records' classes, by their paths below the package."""
    files = {}
    for family, table in _tables().items():
        folder = root / _FAMILIES[family][0]
        if table and (folder / "base.py").exists():
            files[folder / "_generated.py"] = _module(family, table)
    return files
