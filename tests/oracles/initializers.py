"""Writes initializers.json: what Keras' initialisers look like at a dense and a convolution kernel.

Mean, standard deviation and the quantiles of sixteen draws together (960,000 and 73,728 numbers), `smallest` and
`largest` of them all, and how far from the mean nothing may lie (`limit`), where there is an end. A test
compares its own draws with a tolerance that follows from their number. `config` has Keras' arguments in camelCase.
`fans` is Keras' rule for fan-in and fan-out.
Run: npm run oracles
"""

import re

from _golden import np, write
import keras
from keras.src.initializers.random_initializers import compute_fans

DRAWS = 16
SHAPES = [(200, 300), (3, 3, 16, 32)]
QUANTILES = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
CASES = [
    ("Zeros", {}),
    ("Ones", {}),
    ("Constant", {"value": 0.1}),
    ("RandomUniform", {"minval": -0.05, "maxval": 0.05}),
    ("RandomUniform", {"minval": -2.0, "maxval": 0.5}),
    ("RandomNormal", {"mean": 0.0, "stddev": 0.05}),
    ("RandomNormal", {"mean": 0.5, "stddev": 2.0}),
    ("TruncatedNormal", {"mean": 0.0, "stddev": 0.1}),
    ("TruncatedNormal", {"mean": 1.0, "stddev": 0.5}),
    ("GlorotUniform", {}),
    ("GlorotNormal", {}),
    ("HeUniform", {}),
    ("HeNormal", {}),
    ("LecunUniform", {}),
    ("LecunNormal", {}),
    # N(0, 1) / √fan-in, without truncation
    ("VarianceScaling", {"scale": 1.0, "mode": "fan_in", "distribution": "untruncated_normal"}),
    ("Orthogonal", {"gain": 1.0}),
    ("Orthogonal", {"gain": 0.5}),
]
FANS = [(), (7,), (3, 5), (3, 4, 5), (3, 3, 16, 32), (2, 3, 4, 5, 6)]


def keras_name(name):
    return re.sub(r"[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def limit_of(kind, config, shape):
    """How far from the mean a value can lie, where there is an end to it."""
    fan_in, fan_out = compute_fans(shape)
    if kind == "RandomUniform":
        return (config["maxval"] - config["minval"]) / 2
    if kind == "TruncatedNormal":
        return 2 * config["stddev"]
    scale = {"Glorot": 2 / (fan_in + fan_out), "He": 2 / fan_in, "Lecun": 1 / fan_in}
    for name, variance in scale.items():
        if kind == f"{name}Uniform":
            return np.sqrt(3 * variance)
        if kind == f"{name}Normal":
            return 2 * np.sqrt(variance) / 0.87962566103423978
    return None


def rounded(value):
    """Six digits: the last ones of a sine or a decomposition are the processor's own."""
    return float(f"{value:.6g}") if abs(value) > 1e-9 else 0.0


def case(kind, config, shape):
    arguments = {keras_name(name): value for name, value in config.items()}
    make = getattr(keras.initializers, kind)
    seeded = kind not in ("Zeros", "Ones", "Constant")
    draws = [
        np.asarray(make(**arguments, **({"seed": 1000 + draw} if seeded else {}))(shape), np.float64)
        for draw in range(DRAWS)
    ]
    every = np.stack(draws)
    row = {
        **{"keras": kind, "config": config, "shape": shape, "mean": rounded(every.mean())},
        **{"std": rounded(every.std()), "smallest": rounded(every.min()), "largest": rounded(every.max())},
        "quantiles": [rounded(q) for q in np.quantile(every, QUANTILES)],
        "limit": limit_of(kind, config, shape),
    }
    if kind == "Orthogonal":
        flat = draws[0].reshape(-1, shape[-1])
        gram = flat @ flat.T if flat.shape[0] < flat.shape[1] else flat.T @ flat
        assert np.abs(gram - config["gain"] ** 2 * np.eye(len(gram))).max() < 1e-5
        row["orthonormal"] = "rows" if flat.shape[0] < flat.shape[1] else "columns"
    return row


write(
    __file__,
    {
        "source": f"Keras {keras.__version__}",
        "draws": DRAWS,
        "quantiles": QUANTILES,
        "fans": [{"shape": shape, "in": compute_fans(shape)[0], "out": compute_fans(shape)[1]} for shape in FANS],
        "cases": [case(kind, config, shape) for kind, config in CASES for shape in SHAPES],
    },
)
