"""A benchmark workload as Keras has it: data, model, loss and optimizer from the description both sides get."""

import os
import pathlib
import re

import numpy as np
import tensorflow as tf

threads = int(os.environ.get("BENCH_THREADS", "0"))
if threads:
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)

import keras  # noqa: E402 -- threads are set before anything starts them

LAYERS = {
    "dense": "Dense",
    "dropout": "Dropout",
    "flatten": "Flatten",
    "conv2d": "Conv2D",
    "maxPooling2d": "MaxPooling2D",
    "lstm": "LSTM",
    "simpleRnn": "SimpleRNN",
}
# Settings of initialisers and constraints that Keras calls otherwise.
RENAMED = {"low": "minval", "high": "maxval", "value": "max_value"}
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}


def versions():
    return {"keras": keras.__version__, "tensorflow": tf.__version__, "threads": threads}


def snake(name):
    return re.sub(r"[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def value_of(name, value):
    """Settings that are objects of their own: {type: randomUniform, minval, maxval}."""
    if not isinstance(value, dict):
        return value
    kind = value["type"]
    arguments = {RENAMED.get(key, snake(key)): item for key, item in value.items() if key != "type"}
    folder = keras.constraints if name.endswith("Constraint") else keras.initializers
    return getattr(folder, kind[0].upper() + kind[1:])(**arguments)


class Made:
    """One model with its optimizer, ready to train; data is shared by all of a workload."""

    def __init__(self, workload, data):
        self.x, self.y, self.test_x, self.test_y = data
        self.workload = workload
        self.unroll = False

    def build(self, unroll=False):
        keras.utils.set_random_seed(1)
        layers = [keras.layers.Input(self.workload["input"])]
        for layer in self.workload["layers"]:
            arguments = {snake(name): value_of(name, value) for name, value in layer.items() if name != "type"}
            if layer["type"] in ("lstm", "simpleRnn"):
                arguments["unroll"] = unroll
            layers.append(getattr(keras.layers, LAYERS[layer["type"]])(**arguments))
        model = keras.Sequential(layers)
        optimizer = dict(self.workload["optimizer"])
        kind = OPTIMIZERS[optimizer.pop("type")]
        arguments = {snake(name): value for name, value in optimizer.items()}
        return model, getattr(keras.optimizers, kind)(**arguments)

    def loss(self):
        if self.workload["loss"] == "crossEntropy":
            return keras.losses.SparseCategoricalCrossentropy(from_logits=True)
        return summed_squares


def summed_squares(target, answer):
    return tf.reduce_sum(tf.square(target - answer))


def pictures(file, shape):
    """IDX files: a head of 16 bytes, then one byte a pixel."""
    return np.fromfile(file, np.uint8, offset=16).reshape(-1, *shape).astype(np.float32) / np.float32(255)


def labels(file):
    return np.fromfile(file, np.uint8, offset=8).astype(np.int32)


def make(workload):
    """A function that gives a fresh Made with the workload's data."""
    shape, rows = tuple(workload["input"]), workload["rows"]
    data = workload["data"]
    if data["kind"] == "digits":
        folder = pathlib.Path(data["folder"])
        x, y = pictures(folder / "train-images-idx3-ubyte", shape), labels(folder / "train-labels-idx1-ubyte")
        test_x, test_y = pictures(folder / "t10k-images-idx3-ubyte", shape), labels(folder / "t10k-labels-idx1-ubyte")
        x, y = x[:rows], y[:rows]
        return lambda: Made(workload, (x, y, test_x, test_y))
    random = np.random.default_rng(1)
    if data["kind"] == "sums":
        # Two bits a step from the least significant, and the sum's bit.
        a, b = random.integers(0, 128, (2, rows))
        bits = lambda n: (n[:, None] >> np.arange(8)) & 1  # noqa: E731
        x = np.stack([bits(a), bits(b)], axis=2).astype(np.float32)
        y = bits(a + b)[:, :, None].astype(np.float32)
        return lambda: Made(workload, (x, y, x[:100], y[:100]))
    x = random.normal(size=(rows, *shape)).astype(np.float32)
    y = random.integers(0, data["classes"], rows).astype(np.int32)
    return lambda: Made(workload, (x, y, x, y))
