"""Writes schedules.json: the learning rate at steps 0 … 39, and after each epoch where a plateau lowers it.

All of them are Keras 3's own, in float64; `keras` names the class and `config` has its arguments in camelCase. A
linear warm-up that then stays is Keras' CosineDecay with alpha = 1: it has nothing left to fall by. Step 0 is the
first update.
Run: npm run oracles
"""

import re

from _golden import np, write
import keras

keras.backend.set_floatx("float64")
STEPS = 40

SCHEDULES = [
    ("piecewise", "PiecewiseConstantDecay", {"boundaries": [9, 25], "values": [0.1, 0.02, 0.005]}),
    ("piecewise four", "PiecewiseConstantDecay", {"boundaries": [1, 2, 30], "values": [0.5, 0.3, 0.4, 0.01]}),
    ("exponential", "ExponentialDecay", {"initialLearningRate": 0.1, "decaySteps": 10, "decayRate": 0.5}),
    (
        "step",
        "ExponentialDecay",
        {"initialLearningRate": 0.1, "decaySteps": 7, "decayRate": 0.5, "staircase": True},
    ),
    ("inverse time", "InverseTimeDecay", {"initialLearningRate": 0.1, "decaySteps": 1, "decayRate": 0.05}),
    (
        "inverse time staircase",
        "InverseTimeDecay",
        {"initialLearningRate": 0.3, "decaySteps": 8, "decayRate": 0.5, "staircase": True},
    ),
    (
        "linear",
        "PolynomialDecay",
        {"initialLearningRate": 0.1, "decaySteps": 30, "endLearningRate": 0.01, "power": 1.0},
    ),
    ("cosine", "CosineDecay", {"initialLearningRate": 0.1, "decaySteps": 40}),
    ("cosine to a tenth", "CosineDecay", {"initialLearningRate": 0.1, "decaySteps": 25, "alpha": 0.1}),
    (
        "warm-up, then constant",
        "CosineDecay",
        {"initialLearningRate": 0.0, "decaySteps": 1, "alpha": 1.0, "warmupTarget": 0.1, "warmupSteps": 8},
    ),
    (
        "warm-up, then cosine",
        "CosineDecay",
        {"initialLearningRate": 0.0, "decaySteps": 20, "alpha": 0.0, "warmupTarget": 0.1, "warmupSteps": 10},
    ),
    (
        "warm-up from a tenth, then cosine",
        "CosineDecay",
        {"initialLearningRate": 0.01, "decaySteps": 30, "alpha": 0.05, "warmupTarget": 0.1, "warmupSteps": 5},
    ),
]

LOSSES = [1.0, 0.8, 0.79995, 0.8, 0.81, 0.7, 0.71, 0.72, 0.73, 0.74, 0.75, 0.6, 0.6, 0.6, 0.6, 0.61]
LOSSES += [0.62, 0.5, 0.55, 0.56, 0.57, 0.58, 0.59, 0.6]
PLATEAUS = [
    ("plateau", {"factor": 0.5, "patience": 2, "minDelta": 1e-4, "cooldown": 0, "minLr": 0.0}),
    ("plateau with cooldown", {"factor": 0.1, "patience": 2, "minDelta": 1e-4, "cooldown": 2, "minLr": 0.0}),
    ("plateau with a floor", {"factor": 0.2, "patience": 1, "minDelta": 0.0, "cooldown": 0, "minLr": 0.003}),
    ("plateau, large delta", {"factor": 0.5, "patience": 3, "minDelta": 0.15, "cooldown": 1, "minLr": 0.0}),
]


def keras_name(name):
    return re.sub(r"[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def rates(kind, config):
    # Keras computes in the type of the first rate it is given, which would be float32 for a Python number.
    arguments = {
        keras_name(name): np.float64(value) if isinstance(value, float) else value
        for name, value in config.items()
    }
    if "values" in arguments:
        arguments["values"] = [np.float64(value) for value in arguments["values"]]
    schedule = getattr(keras.optimizers.schedules, kind)(**arguments)
    return [float(schedule(step)) for step in range(STEPS)]


def plateau(config, start=0.1):
    model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(start), "mse")
    callback = keras.callbacks.ReduceLROnPlateau(
        monitor="loss", mode="min", **{keras_name(name): value for name, value in config.items()}
    )
    callback.set_model(model)
    callback.on_train_begin()
    path = []
    for epoch, loss in enumerate(LOSSES):
        callback.on_epoch_end(epoch, {"loss": loss})
        path.append(float(model.optimizer.learning_rate))
    return path


write(
    __file__,
    {
        "source": f"Keras {keras.__version__}, float64",
        "schedules": [
            {"name": name, "keras": kind, "config": config, "rates": rates(kind, config)}
            for name, kind, config in SCHEDULES
        ],
        "plateau": {
            "start": 0.1,
            "losses": LOSSES,
            "cases": [{"name": name, "config": config, "rates": plateau(config)} for name, config in PLATEAUS],
        },
    },
)
