"""What real programs make of exported files: python operations.py FOLDER.

FOLDER/cases.json lists {"format", "file", "x", "shape", "answers"}: x is float32 of this shape, [rows, ...]; what the
program answers is written to "answers" as float32. A case that fails has its reason written to "answers" + ".error".
"""

import json
import sys
from pathlib import Path

import numpy as np


def onnx(file, x):
    import onnx as checker
    import onnxruntime as ort

    checker.checker.check_model(str(file), full_check=True)
    session = ort.InferenceSession(str(file))
    return session.run(["output"], {"input": x})[0]


def saved_model(folder, x):
    import tensorflow as tf

    model = tf.saved_model.load(str(folder))
    return model.signatures["serving_default"](tf.constant(x))["output"].numpy()


def tflite(file, x):
    import tensorflow as tf

    interpreter = tf.lite.Interpreter(model_path=str(file))
    [given], [made] = interpreter.get_input_details(), interpreter.get_output_details()
    interpreter.resize_tensor_input(given["index"], x.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], x)
    interpreter.invoke()
    return interpreter.get_tensor(made["index"])


READERS = {"onnx": onnx, "savedModel": saved_model, "tflite": tflite}


def main(folder):
    for case in json.loads((folder / "cases.json").read_text()):
        x = np.fromfile(folder / case["x"], "<f4").reshape(case["shape"])
        try:
            answers = READERS[case["format"]](folder / case["file"], x)
            np.ascontiguousarray(answers, "<f4").tofile(folder / case["answers"])
        except Exception as error:  # one broken file must not hide what the others do
            (folder / (case["answers"] + ".error")).write_text(f"{type(error).__name__}: {error}")


main(Path(sys.argv[1]))
