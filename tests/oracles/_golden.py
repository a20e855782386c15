"""What the generators share: numbers that float32 holds exactly, and JSON that gives the same bytes each time."""

import json
import os
import pathlib
import textwrap

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402 -- the settings above are read on import

WIDTH = 110


def coarse(random, shape, spread=1.0):
    """Normal numbers on a grid of 1/256: short to write, and the same in float32 and float64."""
    return np.round(random.normal(0.0, spread, shape) * 256) / 256


def plain(value):
    """Arrays and scalars as lists and floats of nine significant digits, which is all that float32 tells apart."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (str, bool, int)) or value is None:
        return value
    if isinstance(value, np.ndarray) and value.ndim > 0:
        return [plain(item) for item in value]
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, np.integer) or (isinstance(value, np.ndarray) and value.dtype.kind in "iu"):
        return int(value)
    number = float(f"{float(value):.9g}")
    if not np.isfinite(number):
        raise ValueError(f"{value} does not belong into a golden file")
    return number


def text(value, indent=0):
    """JSON with one row a line: whatever fits stands on one line."""
    line = json.dumps(value)
    if indent + len(line) <= WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {text(item, indent + 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "}"
    parts = [text(item, indent + 1) for item in value]
    if not any(isinstance(item, (dict, list)) for item in value):
        lines = textwrap.wrap(", ".join(parts), WIDTH - indent, break_long_words=False)
        return "[\n" + "\n".join(pad + line for line in lines) + "\n" + " " * indent + "]"
    return "[\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "]"


def write(script, value):
    """Writes the golden file beside the generator, with its name and .json."""
    path = pathlib.Path(script).with_suffix(".json")
    path.write_text(text(plain(value)) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
