import type { Preparation, PreparedColumn } from '../data/preparation/preparation'
import { writtenOut } from '../data/preparation/texts'

/**
 * prepare.py of an export from a table: turns new rows into the numbers that the network takes, and its answers into the
 * units of the table, by what stands in preparation.json. It needs nothing but Python.
 */
export const PREPARE_PY = `"""Turns rows of the table into the numbers that the network takes, by preparation.json."""

import json
import math
import pathlib
import unicodedata
from datetime import datetime, timezone

TABLE = json.loads((pathlib.Path(__file__).parent / "preparation.json").read_text(encoding="utf-8"))["table"]


def prepare(row):
    """
    The numbers of one row, given as {column: value}. Values are numbers, words or datetimes, as the column has them; None
    is a missing one. Raises ValueError where a column has to have a value.
    """
    return [number for column in TABLE["inputs"] for number in _numbers(column, row[column["name"]])]


def answer(number):
    """A number that the network answers, in the units of the table."""
    encode = TABLE["target"].get("encode", {"type": "none", "state": []})
    return number * encode["state"][1] + encode["state"][0] if encode["state"] else number


def _numbers(column, value):
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    flag = [1.0 if missing else 0.0] if column["flag"] else []
    cell = column["fill"]["value"] if missing else _cell(column, value)
    if cell is None and column["kind"] != "category":
        raise ValueError(f"{column['name']} is missing.")
    return (_read(column, value) if column["kind"] == "text" else _encoded(column, cell)) + flag


def _cell(column, value):
    """A number as it is, a moment in ms since 1970, a word as its place in the vocabulary; None for one that is new."""
    if column["kind"] == "text":
        return 0
    if column["kind"] == "number":
        return float(value)
    if column["kind"] == "datetime":
        moment = value if value.tzinfo else value.replace(tzinfo=timezone.utc)
        return moment.timestamp() * 1000
    words = column["vocabulary"]
    return words.index(str(value)) if str(value) in words else None


def _read(column, value):
    """The numbers of the words or characters of a text: 0 fills up, 1 is any that the network does not know."""
    text = unicodedata.normalize("NFC", str(value)).lower()
    if column["encode"]["type"] == "words":
        kinds = {"L", "N", "M"}
        parts = ["" if c in "'\u2019" else c if unicodedata.category(c)[0] in kinds else " " for c in text]
        tokens = [token for token in "".join(parts).split(" ") if token]
    else:
        tokens = list(text)
    places = {token: float(place) for place, token in enumerate(column["vocabulary"]) if token}
    length = len(column["names"])
    numbers = [places.get(token, 1.0) for token in tokens[:length]] or [1.0]
    return numbers + [0.0] * (length - len(numbers))


def _encoded(column, cell):
    encode, state = column["encode"]["type"], column["encode"]["state"]
    if encode == "none":
        return [cell]
    if encode in ("standardise", "minMax"):
        return [(cell - state[0]) / state[1]]
    if encode == "oneHot":
        return [1.0 if place == cell and state[place] == 1 else 0.0 for place in range(len(column["vocabulary"]))]
    moment = datetime.fromtimestamp(cell / 1000, timezone.utc)
    parts = [moment.year, moment.month, moment.day, moment.weekday(), moment.hour + moment.minute / 60]
    return [(part - state[2 * i]) / state[2 * i + 1] for i, part in enumerate(parts[: len(state) // 2])]
`

/** Python that prepares a row of this table: the usual values, as they would be written. */
export function prepareUsage({ inputs }: Preparation): string {
  const dated = inputs.some(({ kind }) => kind === 'datetime')
  return [
    ...(dated ? ['from datetime import datetime', ''] : []),
    'import numpy as np',
    'from prepare import prepare',
    '',
    'row = {',
    ...inputs.map((column) => `    ${JSON.stringify(column.name)}: ${usualValue(column)},`),
    '}',
    'x = np.array([prepare(row)], dtype="float32")',
    ''
  ].join('\n')
}

function usualValue({ kind, vocabulary, encode: { type, state } }: PreparedColumn): string {
  if (kind === 'text') return JSON.stringify(writtenOut(type, vocabulary, [2, 3, 4]))
  if (kind === 'category') return JSON.stringify(vocabulary[0] ?? '')
  if (kind === 'datetime') return `datetime(${Math.round(state[0] ?? 2000)}, 1, 31)`
  return String(type === 'none' ? 0 : Number((state[0] ?? 0).toPrecision(3)))
}
