"""Writes fused.json: small dense and recurrent networks trained for a few steps by Keras 3, in float64.

Each case has data, starting weights, the rows of each step, and what Keras makes of them: the gradients of the first
step, with penalties, the sum of the answers' losses before each step, without penalties, and the weights at the end.

Run: python3 tests/oracles/fused.py
"""

import numpy as np

from _golden import coarse, write

import keras  # noqa: E402 -- after the helper has chosen its backend
import tensorflow as tf  # noqa: E402
from keras import ops  # noqa: E402

keras.config.set_floatx("float64")

ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: ops.relu(z),
    "leakyRelu": lambda z: ops.leaky_relu(z, 0.2),
    "elu": lambda z: ops.elu(z),
    "tanh": lambda z: ops.tanh(z),
    "sigmoid": lambda z: ops.sigmoid(z),
    "softmax": lambda z: ops.softmax(z),
    "softplus": lambda z: ops.softplus(z),
    "gaussian": lambda z: ops.exp(-ops.square(z)),
}
LOSSES = {
    "softmaxCrossEntropy": lambda t, p, logits: keras.losses.categorical_crossentropy(t, p, from_logits=logits),
    "sigmoidCrossEntropy": lambda t, p, logits: keras.losses.binary_crossentropy(t, p, from_logits=logits),
    "meanSquaredError": lambda t, p, logits: keras.losses.mean_squared_error(t, p),
    "meanAbsoluteError": lambda t, p, logits: keras.losses.mean_absolute_error(t, p),
    "sumOfSquares": lambda t, p, logits: ops.sum(ops.square(t - p), axis=-1),
    "halfSquaredError": lambda t, p, logits: ops.sum(ops.square(t - p), axis=-1) / 2,
    "huber": lambda t, p, logits: keras.losses.huber(t, p, delta=0.7),
    "hinge": lambda t, p, logits: keras.losses.hinge(t, p),
}
OPTIMIZERS = {
    "sgd": lambda o, rate: keras.optimizers.SGD(rate, o["momentum"], o["nesterov"]),
    "adam": lambda o, rate: keras.optimizers.Adam(rate, o["beta1"], o["beta2"], o["epsilon"]),
    "adamW": lambda o, rate: keras.optimizers.AdamW(rate, o["decay"], o["beta1"], o["beta2"], o["epsilon"]),
    "rmsprop": lambda o, rate: keras.optimizers.RMSprop(rate, o["rho"], o["momentum"], o["epsilon"], o["centered"]),
    "adagrad": lambda o, rate: keras.optimizers.Adagrad(rate, o["initialAccumulator"], o["epsilon"]),
}
SIZES = [5, 1, 4, 3, 13, 8]
ROWS = 13


class Activation(keras.layers.Layer):
    def __init__(self, kind):
        super().__init__()
        self.kind = kind

    def call(self, z):
        return ACTIVATIONS[self.kind](z)


def dense(units, activation, **more):
    return {"units": units, "activation": activation, "bias": True, "trainable": True, **more}


def recurrent(units, activation, sequences=False, backwards=False, **more):
    return dense(units, activation, recurrent={"sequences": sequences, "backwards": backwards}, **more)


def targets_for(loss, rows, outputs, rng):
    if loss == "softmaxCrossEntropy":
        return np.eye(outputs)[rng.integers(0, outputs, rows)]
    if loss == "sigmoidCrossEntropy":
        return rng.integers(0, 2, (rows, outputs)).astype(float)
    if "inge" in loss:
        return 2.0 * rng.integers(0, 2, (rows, outputs)) - 1
    return coarse(rng, (rows, outputs))


def built(layer, penalty):
    """Keras' layers for one of ours: those with weights first."""
    shared = {
        "use_bias": layer["bias"],
        "trainable": layer["trainable"],
        "kernel_regularizer": keras.regularizers.L1L2(*penalty) if penalty else None,
    }
    if "recurrent" not in layer:
        return [keras.layers.Dense(layer["units"], **shared), Activation(layer["activation"])]
    way = layer["recurrent"]
    return [
        keras.layers.SimpleRNN(
            layer["units"],
            activation=ACTIVATIONS[layer["activation"]],
            return_sequences=way["sequences"],
            go_backwards=way["backwards"],
            **shared,
        )
    ]


def run(
    name, inputs, layers, loss, optimizer, rate, reduction="mean", penalties=None, seed=0, steps=None, each=False
):
    """`each`: every step is an answer of its own; else all numbers of an example are one answer."""
    rng = np.random.default_rng(seed)
    outputs = layers[-1]["units"]
    kept = steps if all(layer.get("recurrent", {}).get("sequences", True) for layer in layers) else None
    x = coarse(rng, (ROWS, steps, inputs) if steps else (ROWS, inputs))
    t = targets_for(loss, ROWS * (kept or 1), outputs, rng).reshape((ROWS, kept or 1, outputs))
    answer = (-1, outputs) if each else (-1, outputs * (kept or 1))
    order = np.concatenate([rng.permutation(ROWS)[:size] for size in SIZES])

    model = keras.Sequential([keras.Input((steps, inputs) if steps else (inputs,))])
    weighted = []
    for i, layer in enumerate(layers):
        parts = built(layer, (penalties or {}).get(i))
        weighted.append(parts[0])
        for part in parts:
            model.add(part)
    for ours, layer in zip(layers, weighted):
        # A memory that amplifies what it carries would amplify how it is rounded.
        spread = 1 / np.sqrt(ours["units"]) if "recurrent" in ours else 0.6
        layer.set_weights([coarse(rng, w.shape, spread) for w in layer.get_weights()])

    def named(values):
        """Arrays of all weighted layers in Keras' order, by layer and name."""
        values = iter(values)
        return [
            {
                "kernel": np.ravel(next(values)),
                **({"recurrent_kernel": np.ravel(next(values))} if "recurrent" in layer else {}),
                "bias": next(values) if layer["bias"] else [],
            }
            for layer in layers
        ]

    weights = lambda: named(v for layer in weighted for v in layer.get_weights())  # noqa: E731
    start = weights()
    # The loss looks behind a last softmax or sigmoid, as Keras does with its own activations.
    logits = loss.endswith("CrossEntropy")
    behind = keras.Model(model.inputs[0], weighted[-1].output) if logits else model
    everything = [v for layer in weighted for v in layer.weights]
    rule = OPTIMIZERS[optimizer["type"]](optimizer, rate)
    losses, gradients, taken = [], None, 0
    for size in SIZES:
        rows = order[taken : taken + size]
        taken += size
        with tf.GradientTape() as tape:
            found = LOSSES[loss](t[rows].reshape(answer), ops.reshape(behind(x[rows]), answer), logits)
            whole = ops.sum(found) / (len(found) if reduction == "mean" else 1) + sum(model.losses)
        trained = model.trainable_variables
        slopes = tape.gradient(whole, [v.value for v in trained])
        if gradients is None:
            by_id = {id(v): np.array(g) for v, g in zip(trained, slopes)}
            gradients = named(by_id.get(id(v), np.zeros(v.shape)) for v in everything)
        rule.apply(slopes, trained)
        losses.append(float(ops.sum(found)))
    return {
        "name": name,
        "inputs": inputs,
        **({"steps": steps, "answersEach": each} if steps else {}),
        "layers": layers,
        "loss": {"type": loss, **({"delta": 0.7} if loss == "huber" else {})},
        "optimizer": optimizer,
        "rate": rate,
        "reduction": reduction,
        "penalties": [
            {"l1": (penalties or {}).get(i, (0, 0))[0], "l2": (penalties or {}).get(i, (0, 0))[1]}
            for i in range(len(layers))
        ],
        "x": x.ravel(),
        "targets": t.ravel(),
        "order": order,
        "start": start,
        "gradients": gradients,
        "losses": losses,
        "end": weights(),
    }


SGD = {"type": "sgd", "momentum": 0.0, "nesterov": False}
ADAM = {"type": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}
RMSPROP = {"type": "rmsprop", "rho": 0.9, "momentum": 0.0, "centered": False, "epsilon": 1e-7}
cases = []
for activation in ACTIVATIONS:
    cases.append(
        run(f"hidden {activation}", 3, [dense(5, activation), dense(2, "linear")], "meanSquaredError", SGD, 0.05)
    )
for loss in LOSSES:
    last = {"softmaxCrossEntropy": "softmax", "sigmoidCrossEntropy": "sigmoid"}.get(loss, "tanh")
    cases.append(run(f"loss {loss}", 2, [dense(3, "tanh"), dense(3, last)], loss, SGD, 0.1, "sum", seed=1))
cases.append(run("softmax with squares", 2, [dense(4, "tanh"), dense(3, "softmax")], "meanSquaredError", SGD, 0.3))
cases.append(run("one output", 2, [dense(4, "relu"), dense(1, "linear")], "sigmoidCrossEntropy", SGD, 0.2))
for name, optimizer, rate in [
    ("momentum", {**SGD, "momentum": 0.9}, 0.03),
    ("nesterov", {**SGD, "momentum": 0.9, "nesterov": True}, 0.03),
    ("adam", ADAM, 0.02),
    ("adamW", {**ADAM, "type": "adamW", "decay": 0.1}, 0.02),
    ("rmsprop", RMSPROP, 0.01),
    ("rmsprop momentum", {**RMSPROP, "momentum": 0.5}, 0.01),
    ("rmsprop centered", {**RMSPROP, "momentum": 0.5, "centered": True}, 0.01),
    ("adagrad", {"type": "adagrad", "initialAccumulator": 0.1, "epsilon": 1e-7}, 0.1),
]:
    layers = [dense(6, "tanh"), dense(5, "sigmoid"), dense(3, "softmax")]
    cases.append(run(name, 4, layers, "softmaxCrossEntropy", optimizer, rate, seed=2))
cases.append(
    run(
        "penalties",
        2,
        [dense(5, "tanh"), dense(2, "softmax")],
        "softmaxCrossEntropy",
        SGD,
        0.1,
        penalties={0: (0.01, 0.02), 1: (0.0, 0.05)},
    )
)
frozen = [dense(5, "tanh", bias=False), dense(4, "tanh", trainable=False), dense(1, "tanh", bias=False)]
cases.append(run("no bias, one layer frozen", 3, frozen, "halfSquaredError", ADAM, 0.01))
cases.append(
    run(
        "sums digit by digit",
        2,
        [recurrent(16, "sigmoid", True, bias=False), dense(1, "sigmoid", bias=False)],
        "sumOfSquares",
        SGD,
        0.1,
        "sum",
        steps=8,
    )
)
for activation in ACTIVATIONS:
    layers = [recurrent(6, activation), dense(3, "softmax")]
    cases.append(run(f"memory with {activation}", 3, layers, "softmaxCrossEntropy", SGD, 0.03, steps=5))
for loss in LOSSES:
    last = {"softmaxCrossEntropy": "softmax", "sigmoidCrossEntropy": "sigmoid"}.get(loss, "tanh")
    for each in [True] if loss == "softmaxCrossEntropy" else [True, False]:
        layers = [recurrent(5, "tanh", True), dense(3, last)]
        name = f"{loss} at each step" if each else f"{loss} over all steps"
        cases.append(run(name, 2, layers, loss, SGD, 0.1, steps=4, each=each, seed=1))
cases.append(
    run(
        "memory on memory, both ways",
        3,
        [
            dense(4, "tanh"),
            recurrent(5, "tanh", True, True),
            recurrent(9, "sigmoid", True, trainable=False),
            recurrent(6, "softplus", False, True, bias=False),
            dense(2, "linear"),
        ],
        "meanSquaredError",
        ADAM,
        0.01,
        penalties={1: (0.01, 0.02), 3: (0.0, 0.05)},
        steps=6,
    )
)
cases.append(
    run("memory last", 2, [recurrent(4, "tanh", True, True)], "meanSquaredError", RMSPROP, 0.003, steps=7, seed=4)
)
cases.append(run("a single step", 3, [recurrent(4, "tanh"), dense(1, "linear")], "huber", SGD, 0.1, steps=1))
cases.append(
    run(
        "wide memory",
        5,
        [recurrent(18, "tanh", True), recurrent(13, "sigmoid"), dense(6, "softmax")],
        "softmaxCrossEntropy",
        SGD,
        0.03,
        steps=6,
        seed=5,
    )
)
wide = [dense(37, "tanh"), dense(21, "relu"), dense(18, "softmax")]
cases.append(run("wide", 29, wide, "softmaxCrossEntropy", ADAM, 0.003, seed=3))

write(__file__, {"sizes": SIZES, "rows": ROWS, "cases": cases})
