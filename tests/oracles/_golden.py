"""What the generators share: numbers that float32 holds exactly, and JSON that gives the same bytes each time."""

import json
import os
import pathlib

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402 -- the settings above are read on import

WIDTH = 110
SHORT = 24


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
    number = float(f"{float(value):.9g}") + 0.0  # and no −0
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
    if all(len(part) < SHORT for part in parts):
        parts = filled(parts, WIDTH - indent - 1)
    return "[\n" + ",\n".join(pad + part for part in parts) + "\n" + " " * indent + "]"


def filled(parts, width):
    """Short parts side by side, as many as a line holds."""
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    return lines



def write(script, value):
    """Writes the golden file beside the generator, with its name and .json."""
    path = pathlib.Path(script).with_suffix(".json")
    path.write_text(text(plain(value)) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
