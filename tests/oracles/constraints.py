"""Writes constraints.json: weights before and after Keras' constraints, and gradients before and after clipping.

`axis` is the one that Keras is given: 0 for a dense kernel, which is its default, all but the last for a
convolution's. Clipping sees the gradients of a case together; the rate is 1 and the weights start at 0, so that plain
gradient descent shows what is left of them.
Run: npm run oracles
"""

from _golden import coarse, np, write
import keras

keras.backend.set_floatx("float64")
random = np.random.default_rng(20240507)

dense = coarse(random, (6, 4), 1.5)
dense[:, 2] = 0.0
conv = coarse(random, (3, 3, 2, 5), 0.5)
bias = coarse(random, (7,), 2.0)
CONSTRAINTS = [
    ("MaxNorm", {"maxValue": 3.0}, 0, dense),
    ("MaxNorm", {"maxValue": 0.5}, 0, dense),
    ("MaxNorm", {"maxValue": 2.0}, [0, 1, 2], conv),
    ("MaxNorm", {"maxValue": 1.0}, 0, bias),
    ("NonNeg", {}, None, dense),
    ("NonNeg", {}, None, conv),
]
GRADIENTS = [coarse(random, (3, 4), 1.0), np.zeros((3,)), coarse(random, (2, 2, 1, 3), 3.0), coarse(random, (), 1.0)]
CLIPPINGS = [
    ("clipnorm", 1.0),
    ("clipnorm", 100.0),
    ("clipvalue", 0.5),
    ("clipvalue", 50.0),
    ("global_clipnorm", 2.0),
    ("global_clipnorm", 0.001),
    ("global_clipnorm", 1000.0),
]


def held(kind, config, axis, weight):
    arguments = {} if kind == "NonNeg" else {"max_value": config["maxValue"], "axis": axis}
    result = getattr(keras.constraints, kind)(**arguments)(keras.ops.convert_to_tensor(weight))
    return {"keras": kind, "config": config, "weight": weight, "held": np.asarray(result)}


def clipped(name, value):
    optimizer = keras.optimizers.SGD(1.0, **{name: value})
    variables = [keras.Variable(np.zeros_like(g), dtype="float64") for g in GRADIENTS]
    optimizer.apply([keras.ops.convert_to_tensor(g) for g in GRADIENTS], variables)
    return {"keras": name, "value": value, "clipped": [-v.numpy() for v in variables]}


write(
    __file__,
    {
        "source": f"Keras {keras.__version__}, float64",
        "constraints": [held(*c) for c in CONSTRAINTS],
        "gradients": GRADIENTS,
        "clippings": [clipped(*c) for c in CLIPPINGS],
    },
)
