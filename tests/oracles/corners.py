"""Writes corners.json: losses and their slopes exactly where a formula has a corner, in float64.

There a slope is a matter of convention, and Keras' is the one to have: that of TensorFlow's abs, maximum and where.
`values` is one number an example; `gradient` is the slope of their sum. All numbers are exact in float32.
Run: npm run oracles
"""

from _golden import np, write
import keras
import tensorflow as tf

keras.backend.set_floatx("float64")

half = np.array([[0.5, -1.0, 0.0, 2.0], [0.25, 0.25, -3.0, 0.0]])
CASES = [
    # exactly right, too large, too small
    ("MeanAbsoluteError", {}, half, half + np.array([[0.0, 0.0, 0.5, -0.5], [0.0, 0.0, 0.0, 0.0]])),
    ("MeanSquaredError", {}, half, half),
    # exactly right, and a miss of exactly delta to both sides
    ("Huber", {"delta": 0.5}, half, half + np.array([[0.0, 0.5, -0.5, 0.25], [0.75, -0.75, 0.5, 0.0]])),
    # a margin of exactly 1, of 0, and beyond
    ("Hinge", {}, np.array([[1.0], [-1.0], [0.0], [2.0]]), np.array([[1.0], [0.0], [1.0], [0.0]])),
    ("Hinge", {}, np.array([[1.0, -1.0, 0.5], [1.0, 0.0, -1.0]]), np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])),
    # zero weights: every logit is 0
    ("BinaryCrossentropy", {"fromLogits": True}, np.zeros((2, 1)), np.array([[1.0], [0.0]])),
    ("CategoricalCrossentropy", {"fromLogits": True}, np.zeros((2, 3)), np.eye(3)[[0, 2]]),
    ("CategoricalCrossentropy", {"fromLogits": False}, np.full((2, 4), 0.25), np.eye(4)[[1, 3]]),
    # as wrong as can be: cut off at 1e-7, where the slope ends
    ("BinaryCrossentropy", {"fromLogits": False}, np.array([[0.0], [0.5]]), np.array([[1.0], [1.0]])),
]


def case(kind, config, prediction, target):
    names = {"fromLogits": "from_logits", "delta": "delta"}
    loss = getattr(keras.losses, kind)(reduction=None, **{names[name]: value for name, value in config.items()})
    x = tf.constant(prediction, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(x)
        result = loss(target, x)
        total = tf.reduce_sum(result)
    return {
        **{"keras": kind, "config": config, "prediction": prediction, "target": target},
        **{"values": result.numpy(), "gradient": tape.gradient(total, x).numpy()},
    }


write(__file__, {"source": f"Keras {keras.__version__}, float64", "cases": [case(*c) for c in CASES]})
