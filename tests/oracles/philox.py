"""Writes philox.json: the bits, uniform and normal numbers of TensorFlow's own Philox4x32-10.

Keys and counters are decimal strings, because they have 64 bits. `uint32` and `uniform` must come out exactly alike
(`uniform` after rounding to float32); `normal` and `truncated` go through log, sin and cos, so to about 1e-6. Long
shapes are recorded as some of their elements, by their row-major position.
Run: npm run oracles
"""

from _golden import np, write
import tensorflow as tf

PHILOX = 1
SEEDS = [
    (0, (0, 0)),
    (1, (0, 0)),
    (5, (3, 0)),
    (0x123456789ABCDEF0, (7, 0xFEDCBA9876543210)),
    (2**64 - 1, (2**64 - 1, 0)),
    (42, (2**32 - 2, 0)),
    (42, (2**64 - 2, 2**64 - 1)),
    (3141592653589793238, (2**63 + 11, 271828)),
]
SHAPES = [[], [1], [4], [7], [3, 5], [2, 3, 4]]
LONG = [100_003]
SOME = [0, 1, 255, 256, 4097, 31_999, 65_536, 99_999, 100_002]


def draws(shape, key, counter):
    at = {
        "shape": shape,
        "key": tf.constant([key], tf.uint64),
        "counter": tf.constant(counter, tf.uint64),
        "alg": PHILOX,
    }
    raw = tf.raw_ops
    return {
        "uint32": raw.StatelessRandomUniformFullIntV2(dtype=tf.uint32, **at).numpy(),
        "uniform": raw.StatelessRandomUniformV2(**at).numpy(),
        "normal": raw.StatelessRandomNormalV2(**at).numpy(),
        "truncated": raw.StatelessTruncatedNormalV2(**at).numpy(),
    }


def case(shape, key, counter, kinds, positions=None):
    values = draws(shape, key, counter)
    row = {"key": str(key), "counter": [str(word) for word in counter], "shape": shape}
    if positions is not None:
        row["positions"] = positions
    for kind in kinds:
        flat = values[kind].reshape(-1)
        row[kind] = flat if positions is None else flat[positions]
    return row


every = ("uint32", "uniform", "normal", "truncated")
write(
    __file__,
    {
        "source": f"TensorFlow {tf.__version__}, StatelessRandom*V2 with alg=1 on a CPU",
        "cases": [case(shape, key, counter, every) for key, counter in SEEDS for shape in SHAPES],
        "long": [case(LONG, key, counter, ("uint32", "uniform", "normal"), SOME) for key, counter in SEEDS[2:5]],
    },
)
