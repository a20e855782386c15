"""Writes optimizers.json: weights after each of eight given gradients, in float64.

The rules are Keras 3's own, run on its TensorFlow backend; `keras` names the class. Where Keras has no such rule,
`keras` is null and the formula stands below in NumPy. `config` has the names of Keras' arguments in camelCase;
`decay` is the time decay of old Keras, a rate of learningRate / (1 + decay · step) with steps from 0, which Keras 3
calls InverseTimeDecay(decay_steps=1). Clipping sees the three gradients of a step together (`globalClipnorm`) or
each on its own (`clipnorm`, `clipvalue`). Keras rounds constants such as a momentum of 0.9 to float32 on the way: up to
4e-7 from the same formulas in plain float64.
Run: npm run oracles
"""

import re

from _golden import coarse, np, write
import keras

keras.backend.set_floatx("float64")

SHAPES = {"matrix": (3, 5), "vector": (7,), "scalar": ()}
STEPS = 8
random = np.random.default_rng(20240501)
START = {name: coarse(random, shape, 0.5) for name, shape in SHAPES.items()}
GRADIENTS = []
# Small and large ones, so that clipping sometimes does something and sometimes nothing.
for spread in (1.0, 0.25, 4.0, 0.5, 1.0, 0.0625, 2.0, 0.5):
    GRADIENTS.append({name: coarse(random, shape, spread) for name, shape in SHAPES.items()})
GRADIENTS[1]["vector"] = np.zeros(7)
GRADIENTS[4]["matrix"][1] = 0.0
assert len(GRADIENTS) == STEPS

CASES = [
    ("sgd", "SGD", {"learningRate": 0.1}),
    ("sgd momentum", "SGD", {"learningRate": 0.1, "momentum": 0.9}),
    ("sgd nesterov", "SGD", {"learningRate": 0.05, "momentum": 0.8, "nesterov": True}),
    ("sgd decay", "SGD", {"learningRate": 0.1, "decay": 0.125}),
    (
        "sgd nesterov decay",
        "SGD",
        {"learningRate": 0.01, "decay": 1e-3, "momentum": 0.9, "nesterov": True},
    ),
    ("rmsprop", "RMSprop", {"learningRate": 0.01, "rho": 0.9, "epsilon": 1e-7}),
    ("rmsprop momentum", "RMSprop", {"learningRate": 0.01, "rho": 0.8, "momentum": 0.5, "epsilon": 1e-7}),
    ("rmsprop centered", "RMSprop", {"learningRate": 0.01, "rho": 0.9, "centered": True, "epsilon": 1e-3}),
    (
        "rmsprop centered momentum",
        "RMSprop",
        {"learningRate": 0.005, "rho": 0.75, "momentum": 0.9, "centered": True, "epsilon": 1e-3},
    ),
    ("adagrad", "Adagrad", {"learningRate": 0.1, "initialAccumulatorValue": 0.1, "epsilon": 1e-7}),
    ("adagrad from nothing", "Adagrad", {"learningRate": 0.01, "initialAccumulatorValue": 0.0, "epsilon": 1e-3}),
    ("adam", "Adam", {"learningRate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}),
    ("adam short memory", "Adam", {"learningRate": 0.1, "beta1": 0.5, "beta2": 0.9, "epsilon": 1e-3}),
    (
        "adamw",
        "AdamW",
        {"learningRate": 0.01, "weightDecay": 0.004, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
    ),
    (
        "adamw strong",
        "AdamW",
        {"learningRate": 0.05, "weightDecay": 0.5, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-5},
    ),
    ("sgd clipnorm", "SGD", {"learningRate": 0.1, "clipnorm": 1.5}),
    ("sgd clipvalue", "SGD", {"learningRate": 0.1, "momentum": 0.5, "clipvalue": 0.5}),
    ("sgd global clipnorm", "SGD", {"learningRate": 0.1, "globalClipnorm": 2.0}),
    ("adam clipnorm", "Adam", {"learningRate": 0.01, "clipnorm": 1.0}),
    ("adam clipvalue", "Adam", {"learningRate": 0.01, "clipvalue": 0.25}),
    ("adam global clipnorm", "Adam", {"learningRate": 0.01, "globalClipnorm": 2.5}),
    ("rmsprop global clipnorm", "RMSprop", {"learningRate": 0.01, "globalClipnorm": 1.0}),
    ("adagrad clipnorm", "Adagrad", {"learningRate": 0.1, "clipnorm": 2.0}),
    ("adamw clipnorm", "AdamW", {"learningRate": 0.01, "weightDecay": 0.1, "clipnorm": 1.0}),
]


def keras_name(name):
    name = re.sub(r"[A-Z]", lambda capital: "_" + capital.group().lower(), name)
    return re.sub(r"^beta(\d)$", r"beta_\1", name)


def with_keras(kind, config):
    arguments = {keras_name(name): value for name, value in config.items()}
    # A schedule computes in the type of its first rate, which would be float32 for a Python number.
    if "decay" in arguments:
        arguments["learning_rate"] = keras.optimizers.schedules.InverseTimeDecay(
            np.float64(arguments["learning_rate"]), decay_steps=1, decay_rate=arguments.pop("decay")
        )
    optimizer = getattr(keras.optimizers, kind)(**arguments)
    variables = [keras.Variable(value, dtype="float64") for value in START.values()]
    path = []
    for gradients in GRADIENTS:
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients.values()], variables)
        path.append({name: v.numpy() for name, v in zip(SHAPES, variables)})
    return path


def previous_gradient_momentum(learningRate, momentum):
    """
    The classic back-propagation class: w += N·change + M·previous, and `previous` is the last step's bare change
    (not multiplied by N, nothing accumulated). With change = −g: w ← w − N·g_t − M·g_{t−1}, and g_{−1} = 0.
    """
    values = dict(START)
    previous = {name: np.zeros(shape) for name, shape in SHAPES.items()}
    path = []
    for gradients in GRADIENTS:
        values = {
            name: values[name] - learningRate * g - momentum * previous[name] for name, g in gradients.items()
        }
        previous = gradients
        path.append(values)
    return path


cases = [
    {"name": name, "keras": kind, "config": config, "path": with_keras(kind, config)}
    for name, kind, config in CASES
]
for config in ({"learningRate": 0.5, "momentum": 0.1}, {"learningRate": 0.05, "momentum": 0.0}):
    cases.append(
        {
            "name": f"previous gradient momentum {config['momentum']}",
            "keras": None,
            "config": config,
            "path": previous_gradient_momentum(**config),
        }
    )
write(
    __file__,
    {
        "source": f"Keras {keras.__version__}, float64; NumPy float64 where keras is null",
        "start": START,
        "gradients": GRADIENTS,
        "cases": cases,
    },
)
