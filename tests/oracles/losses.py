"""Writes losses.json: what losses give for each example, and their slope, in float64.

`values` is Keras' result with reduction=None: one number an example (for sequences one for each step of each
example). `gradient` is the slope of their plain sum with respect to `prediction`. Where `classWeights` stand, each
value is multiplied by its class's weight, as Keras does for `class_weight`; the mean then divides by the number of
examples. Where Keras has no such loss, `keras` is null and the formula is NumPy's below. Predictions stay away from
corners and from p = 1, where float32 clips elsewhere than float64.
Run: npm run oracles
"""

from _golden import coarse, np, write
import keras
import tensorflow as tf

keras.backend.set_floatx("float64")
random = np.random.default_rng(20240502)


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def fractions(values):
    """On a grid of 1/1024, so that float32 has the same numbers."""
    return np.clip(np.round(values * 1024), 8, 1016) / 1024


def one_hot(labels, classes):
    return np.eye(classes)[labels]


labels5 = np.array([2, 0, 1, 2, 1])
labels1 = np.array([3])
sequence = np.array([[0, 3, 1], [2, 2, 0]])
bits = np.array([[1.0], [0.0], [1.0], [1.0], [0.0]])
many_bits = np.array([[1.0, 0.0, 1.0], [0.0, 0.0, 1.0]])
bit_steps = np.array([[[1.0], [0.0], [0.0], [1.0]], [[0.0], [1.0], [1.0], [1.0]]])

z5 = coarse(random, (5, 3), 2)
z5[1] = [-30.0, 30.0, 0.5]  # as sure as can be, and wrong
z5[2] = 0.0
z1 = coarse(random, (1, 7), 2)
z_sequence = coarse(random, (2, 3, 4), 2)
z_bits = np.array([[1.5], [-0.25], [-20.0], [30.0], [0.0]])
z_many = coarse(random, (2, 3), 2)
z_steps = coarse(random, (2, 4, 1), 2)
p5 = fractions(softmax(coarse(random, (5, 3), 1)))
p1 = fractions(softmax(z1))
p_sequence = fractions(softmax(z_sequence))
p_impossible = np.array([[0.5, 0.5, 0.0], [0.25, 0.5, 0.25]])
p_bits = fractions(1 / (1 + np.exp(-z_bits)))
p_many = fractions(1 / (1 + np.exp(-z_many)))

values = coarse(random, (4, 5), 1.5)
truth = coarse(random, (4, 5), 1.0)
single = coarse(random, (1, 1), 1.0)
single_truth = single + 0.75
value_steps = coarse(random, (2, 4, 2), 1.0)
truth_steps = coarse(random, (2, 4, 2), 1.0)
margins = coarse(random, (4, 1), 1.0)
signs = np.array([[1.0], [-1.0], [-1.0], [1.0]])
zero_one = (signs + 1) / 2

LOGITS, SHARES = {"fromLogits": True}, {"fromLogits": False}
WEIGHTS3, WEIGHTS2 = [1.0, 2.5, 0.5], [0.25, 3.0]
CASES = [
    ("CategoricalCrossentropy", LOGITS, z5, one_hot(labels5, 3)),
    ("CategoricalCrossentropy", LOGITS, z1, one_hot(labels1, 7)),
    ("CategoricalCrossentropy", LOGITS, z_sequence, one_hot(sequence, 4)),
    ("CategoricalCrossentropy", LOGITS, z5, softmax(coarse(random, (5, 3), 1))),
    ("CategoricalCrossentropy", {**LOGITS, "labelSmoothing": 0.1}, z5, one_hot(labels5, 3)),
    ("CategoricalCrossentropy", {**LOGITS, "classWeights": WEIGHTS3}, z5, one_hot(labels5, 3)),
    (
        "CategoricalCrossentropy",
        {**LOGITS, "labelSmoothing": 0.2, "classWeights": WEIGHTS3},
        z5,
        one_hot(labels5, 3),
    ),
    ("CategoricalCrossentropy", SHARES, p5, one_hot(labels5, 3)),
    ("CategoricalCrossentropy", SHARES, p5 / 2, one_hot(labels5, 3)),
    ("CategoricalCrossentropy", SHARES, p1, one_hot(labels1, 7)),
    ("CategoricalCrossentropy", SHARES, p_sequence, one_hot(sequence, 4)),
    ("CategoricalCrossentropy", SHARES, p_impossible, one_hot(np.array([2, 1]), 3)),
    ("CategoricalCrossentropy", {**SHARES, "labelSmoothing": 0.1}, p5, one_hot(labels5, 3)),
    ("CategoricalCrossentropy", {**SHARES, "classWeights": WEIGHTS3}, p5, one_hot(labels5, 3)),
    ("SparseCategoricalCrossentropy", LOGITS, z5, labels5),
    ("SparseCategoricalCrossentropy", LOGITS, z1, labels1),
    ("SparseCategoricalCrossentropy", LOGITS, z_sequence, sequence),
    ("SparseCategoricalCrossentropy", {**LOGITS, "classWeights": WEIGHTS3}, z5, labels5),
    ("SparseCategoricalCrossentropy", SHARES, p5, labels5),
    ("SparseCategoricalCrossentropy", SHARES, p_sequence, sequence),
    ("BinaryCrossentropy", LOGITS, z_bits, bits),
    ("BinaryCrossentropy", LOGITS, z_many, many_bits),
    ("BinaryCrossentropy", LOGITS, z_steps, bit_steps),
    ("BinaryCrossentropy", {**LOGITS, "labelSmoothing": 0.1}, z_bits, bits),
    ("BinaryCrossentropy", {**LOGITS, "classWeights": WEIGHTS2}, z_bits, bits),
    ("BinaryCrossentropy", SHARES, p_bits, bits),
    ("BinaryCrossentropy", SHARES, p_many, many_bits),
    ("BinaryCrossentropy", SHARES, np.array([[0.0], [0.5]]), np.array([[1.0], [0.0]])),
    ("BinaryCrossentropy", {**SHARES, "labelSmoothing": 0.2}, p_bits, bits),
    ("MeanSquaredError", {}, values, truth),
    ("MeanSquaredError", {}, single, single_truth),
    ("MeanSquaredError", {}, value_steps, truth_steps),
    ("MeanAbsoluteError", {}, values, truth),
    ("MeanAbsoluteError", {}, value_steps, truth_steps),
    ("Huber", {"delta": 1.0}, values, truth),
    ("Huber", {"delta": 0.3}, values, truth),
    ("Huber", {"delta": 2.0}, single, single_truth),
    ("Hinge", {}, margins, signs),
    ("Hinge", {}, margins, zero_one),
    ("Hinge", {}, values, np.where(truth > 0, 1.0, -1.0)),
]


def weights_of(target, weights):
    """A weight an example, from its class."""
    target = np.asarray(target)
    if target.dtype.kind == "i":
        classes = target
    else:
        classes = target[..., 0].astype(int) if target.shape[-1] == 1 else target.argmax(-1)
    return np.asarray(weights)[classes]


def with_keras(kind, config, prediction, target):
    names = {"fromLogits": "from_logits", "labelSmoothing": "label_smoothing", "delta": "delta"}
    arguments = {names[name]: value for name, value in config.items() if name in names}
    loss = getattr(keras.losses, kind)(reduction=None, **arguments)
    x = tf.constant(prediction, tf.float64)
    weights = weights_of(target, config["classWeights"]) if "classWeights" in config else None
    with tf.GradientTape() as tape:
        tape.watch(x)
        result = loss(target, x, sample_weight=weights)
        total = tf.reduce_sum(result)
    return result.numpy(), tape.gradient(total, x).numpy()


def case(kind, config, prediction, target):
    result, gradient = with_keras(kind, config, prediction, target)
    return {
        **{"keras": kind, "config": config, "prediction": prediction, "target": target},
        **{"values": result, "gradient": gradient},
    }


def own(name, share, prediction, target):
    """share · Σ (t − y)² over the outputs of an example."""
    difference = prediction - target
    return {
        **{"keras": None, "name": name, "config": {}, "prediction": prediction, "target": target},
        **{"values": share * (difference**2).sum(axis=-1), "gradient": 2 * share * difference},
    }


rows = [case(*c) for c in CASES]
for x, t in ((values, truth), (single, single_truth), (value_steps, truth_steps)):
    rows.append(own("sum of squares", 1.0, x, t))
    rows.append(own("half squared error", 0.5, x, t))
write(__file__, {"source": f"Keras {keras.__version__}, float64; NumPy where keras is null", "cases": rows})
