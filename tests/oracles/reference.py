"""Writes reference.json: what activations and losses must give, computed in float64 with NumPy.

The formulas are those of Keras 3, written out here so that nothing is shared with what is tested.
Run: python3 tests/oracles/reference.py
"""

import json
import pathlib

import numpy as np

X = np.array([-30.0, -3.0, -1.0, -0.25, 0.0, 0.5, 1.0, 2.5, 30.0])
ACTIVATIONS = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "leakyRelu": lambda z: np.where(z < 0, 0.2 * z, z),
    "elu": lambda z: np.where(z < 0, np.expm1(z), z),
    "tanh": np.tanh,
    "sigmoid": lambda z: np.where(z < 0, np.exp(z) / (1 + np.exp(z)), 1 / (1 + np.exp(-z))),
    "softmax": lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
    "softplus": lambda z: np.logaddexp(0, z),
    "gaussian": lambda z: np.exp(-(z**2)),
    "step": lambda z: (z >= 0).astype(float),
}


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def losses():
    logits = np.array([[2.0, -1.0, 0.5], [-40.0, 40.0, 0.0], [0.1, 0.2, 0.3]])
    target = np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    shares = np.array([[0.7, 0.2, 0.1], [1.0, 0.0, 0.0], [0.2, 0.2, 0.1]])
    clipped = np.clip(shares / shares.sum(axis=1, keepdims=True), 1e-7, 1)
    one = np.array([[3.0], [-2.0], [50.0]])
    hit = np.array([[1.0], [1.0], [0.0]])
    p = np.array([[0.8], [0.3], [1.0]])
    # The upper bound as float32 has it, which is what Keras computes with.
    q = np.clip(p, 1e-7, float(np.float32(1 - 1e-7)))
    binary = np.logaddexp(0, one) - one * hit
    values = np.array([[0.5, 2.0, -1.0], [0.0, 1.0, 0.0], [3.0, 3.0, 3.0]])
    rows = [
        ("crossEntropy", {"fromLogits": True}, logits, target, -(target * log_softmax(logits)).sum(axis=1)),
        ("crossEntropy", {"fromLogits": False}, shares, target, -(target * np.log(clipped)).sum(axis=1)),
        ("crossEntropy", {"fromLogits": True}, one, hit, binary.sum(axis=1)),
        (
            "crossEntropy",
            {"fromLogits": False},
            p,
            hit,
            -(hit * np.log(q) + (1 - hit) * np.log(1 - q)).sum(axis=1),
        ),
        ("meanSquaredError", {}, values, target, ((target - values) ** 2).mean(axis=1)),
    ]
    return [
        {"type": t, "config": c, "prediction": x.tolist(), "target": y.tolist(), "loss": loss.tolist()}
        for t, c, x, y, loss in rows
    ]


reference = {
    "activations": {"x": X.tolist(), "y": {name: f(X).tolist() for name, f in ACTIVATIONS.items()}},
    "losses": losses(),
}
path = pathlib.Path(__file__).with_name("reference.json")
path.write_text(json.dumps(reference, indent=1) + "\n")
