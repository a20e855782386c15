"""
Prepares rows with the prepare.py of an export: python prepare_rows.py FOLDER. FOLDER/rows.json lists {column: value};
moments are {"ms": …}. Prints the numbers of each row as JSON.
"""

import json
import pathlib
import sys
from datetime import datetime, timezone

folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
from prepare import answer, prepare  # noqa: E402


def value(cell):
    return datetime.fromtimestamp(cell["ms"] / 1000, timezone.utc) if isinstance(cell, dict) else cell


rows = json.loads((folder / "rows.json").read_text())
prepared = [prepare({name: value(cell) for name, cell in row.items()}) for row in rows]
print(json.dumps({"prepared": prepared, "answer": answer(0.25)}))
