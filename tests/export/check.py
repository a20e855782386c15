"""
Asks exported networks in the programs they are made for, and compares their answers with the app's own.

    python check.py FOLDER [FORMAT …]

FOLDER holds a folder a network with case.json ({"shape": [...], "rows": n}), x.bin and y.bin (float32), and in it a
folder a format with the exported files. Each line of FOLDER/results.jsonl tells {case, format, by, difference, allowed}
or {case, format, by, error}. A format has a function here by its name; those that have none, and those whose program is
not installed, are left out.
"""

import importlib.util
import json
import os
import pathlib
import sys
import traceback

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import numpy as np


def one(folder, ending):
    """The file of this ending."""
    (found,) = folder.glob(f"*{ending}")
    return str(found)


def keras_model(ending):
    def answers(folder, x):
        import keras

        keras.backend.clear_session()
        model = keras.models.load_model(one(folder, ending), compile=False)
        return np.asarray(model(x, training=False))

    return answers


def keras_program(folder, x):
    """The program is imported, as a person would, and its network asked."""
    import keras

    keras.backend.clear_session()
    model = module_of(folder).make_model()
    model.load_weights(folder / "trained.weights.h5")
    return np.asarray(model(x, training=False))


def module_of(folder):
    (file,) = [path for path in folder.glob("*.py") if path.name != "prepare.py"]
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def onnx(folder, x):
    import onnxruntime

    session = onnxruntime.InferenceSession(one(folder, ".onnx"), providers=["CPUExecutionProvider"])
    return session.run(None, {session.get_inputs()[0].name: x})[0]


def saved_model(folder, x):
    import tensorflow as tf

    module = tf.saved_model.load(str(next(p.parent for p in folder.rglob("saved_model.pb"))))
    answer = module.signatures["serving_default"](tf.constant(x))
    return np.asarray(next(iter(answer.values())))


def tflite(folder, x):
    import tensorflow as tf

    interpreter = tf.lite.Interpreter(model_path=one(folder, ".tflite"))
    given = interpreter.get_input_details()[0]["index"]
    interpreter.resize_tensor_input(given, x.shape)
    interpreter.allocate_tensors()
    interpreter.set_tensor(given, x)
    interpreter.invoke()
    return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])


def same_weights(folder, read):
    """Compares arrays by name with those of weights.bin, whose names and shapes are in case.json."""
    facts = json.loads((folder.parent / "case.json").read_text())
    numbers = np.fromfile(folder.parent / "weights.bin", dtype="<f4")
    at = 0
    for name, shape in facts["weights"]:
        size = int(np.prod(shape))
        if not np.array_equal(read(name), numbers[at : at + size].reshape(shape)):
            raise AssertionError(f"{name} has other numbers")
        at += size


def npz(folder, _x):
    arrays = np.load(one(folder, ".npz"))
    same_weights(folder, lambda name: arrays[name])


def plain_json(folder, _x):
    layers = json.loads(pathlib.Path(one(folder, "-weights.json")).read_text())

    def read(name):
        layer, weight = name.split("/")
        return np.asarray(layers[layer][weight], dtype="float32")

    same_weights(folder, read)


CHECKS = {
    "keras": ("Keras", keras_model(".keras")),
    "h5": ("Keras", keras_model(".h5")),
    "kerasCode": ("Keras", keras_program),
    "onnx": ("ONNX Runtime", onnx),
    "savedModel": ("TensorFlow", saved_model),
    "tflite": ("TensorFlow Lite", tflite),
    "tfliteFloat16": ("TensorFlow Lite", tflite),
    "tfliteInt8": ("TensorFlow Lite", tflite),
    "npz": ("NumPy", npz),
    "json": ("Python", plain_json),
}


def check(case, name):
    by, ask = CHECKS[name]
    facts = json.loads((case / "case.json").read_text())
    x = np.fromfile(case / "x.bin", dtype="<f4").reshape([facts["rows"], *facts["shape"]])
    # Where a format stores weights as fewer bits, its answers are those of the rounded weights.
    own = case / f"y.{name}.bin"
    y = np.fromfile(own if own.exists() else case / "y.bin", dtype="<f4")
    result = {"case": facts["name"], "format": name, "by": by}
    try:
        answers = ask(case / name, x)
        if answers is None:
            return {**result, "difference": 0.0, "allowed": 0.0}
        answers = np.asarray(answers, dtype="float64").reshape(-1)
        if answers.shape != y.shape:
            raise AssertionError(f"{answers.size} answers in the place of {y.size}")
        difference = float(np.max(np.abs(answers - y))) if y.size else 0.0
        allowed = 1e-5 * float(np.max(np.abs(y))) + 1e-6
        return {**result, "difference": difference, "allowed": allowed}
    except ModuleNotFoundError:
        return None
    except Exception as error:
        print("".join(traceback.format_exception(error))[-1500:], file=sys.stderr)
        return {**result, "error": f"{type(error).__name__}: {str(error).strip().splitlines()[0][:300]}"}


def main():
    folder = pathlib.Path(sys.argv[1])
    names = sys.argv[2:] or list(CHECKS)
    with open(folder / "results.jsonl", "w") as results:
        for case in sorted(path.parent for path in folder.glob("*/case.json")):
            for name in names:
                if name in CHECKS and (case / name).is_dir():
                    result = check(case, name)
                    if result:
                        results.write(json.dumps(result) + "\n")
                        results.flush()


if __name__ == "__main__":
    main()
