"""Cases of layers for numbers of any arrangement."""

from _layers import add, keras, keras_arguments, part, tf

L = keras.layers
K = keras_arguments
TANH, RELU, SIGMOID, LINEAR = part("tanh"), part("relu"), part("sigmoid"), part("linear")


# Dense

add("dense", "a row", L.Dense(4, activation="tanh"), {"units": 4, "activation": TANH}, [(3,)])
add("dense", "one example", L.Dense(2, activation="relu"), {"units": 2, "activation": RELU}, [(5,)], batch=1)
add(
    "dense",
    "each step, no bias",
    L.Dense(3, activation="sigmoid", use_bias=False),
    {"units": 3, "activation": SIGMOID, "useBias": False},
    [(4, 2)],
)
add("dense", "softmax", L.Dense(3, activation="softmax"), {"units": 3, "activation": part("softmax")}, [(4,)])


# Steady training

for shape in [(4,), (5, 3), (3, 4, 2)]:
    for training in (True, False):
        mode = "training" if training else "answering"
        add(
            "batchNormalization",
            f"{len(shape)} axes, {mode}",
            L.BatchNormalization(),
            {},
            [shape],
            4,
            training,
        )
for config in [
    {"center": False, "momentum": 0.9},
    {"scale": False, "epsilon": 0.01},
    {"center": False, "scale": False, "momentum": 0.5},
]:
    for training in (True, False):
        name = " ".join(config) + (", training" if training else ", answering")
        add("batchNormalization", name, L.BatchNormalization(**K(config)), config, [(2, 3, 2)], 3, training)
add("batchNormalization", "one picture, training", L.BatchNormalization(), {}, [(3, 3, 2)], 1, True)
add(
    "batchNormalization",
    "steps that count, training",
    L.BatchNormalization(momentum=0.75),
    {"momentum": 0.75},
    [(4, 2)],
    3,
    True,
    masks=[[[1, 1, 0, 0], [1, 1, 1, 1], [0, 1, 0, 1]]],
)

add("layerNormalization", "a row", L.LayerNormalization(), {}, [(5,)])
add("layerNormalization", "each step", L.LayerNormalization(epsilon=0.1), {"epsilon": 0.1}, [(3, 4)], 1)
add("layerNormalization", "no offset", L.LayerNormalization(center=False), {"center": False}, [(2, 3, 4)], 2)
add("layerNormalization", "no factor", L.LayerNormalization(scale=False), {"scale": False}, [(4,)], 2)


# Joining

for kind, layer in [("add", L.Add), ("multiply", L.Multiply)]:
    add(kind, "two rows", layer(), {}, [(4,), (4,)])
    add(kind, "four pictures", layer(), {}, [(2, 3, 2)] * 4, 2)
    add(kind, "one pixel for all places", layer(), {}, [(1, 1, 2), (3, 2, 2)], 1)
    add(kind, "one number for all channels", layer(), {}, [(3, 2), (3, 1), (1, 2)], 2)
    add(
        kind,
        "steps that count in one or the other",
        layer(),
        {},
        [(4, 2), (4, 2)],
        2,
        masks=[[[1, 0, 1, 0], [1, 1, 0, 0]], [[1, 0, 0, 1], [0, 0, 0, 0]]],
    )
    add(kind, "one input without a mask", layer(), {}, [(3, 2), (3, 2)], 1, masks=[[[1, 0, 1]], None])

add("concatenate", "rows", L.Concatenate(), {}, [(4,), (3,)])
add("concatenate", "channels of four pictures", L.Concatenate(), {}, [(2, 3, n) for n in (1, 2, 3, 1)], 2)
add("concatenate", "steps", L.Concatenate(axis=1), {"axis": "first"}, [(3, 2), (1, 2)], 1)
add("concatenate", "lines of pictures", L.Concatenate(axis=1), {"axis": "first"}, [(1, 2, 2), (2, 2, 2)], 2)
add(
    "concatenate",
    "numbers of steps that count",
    L.Concatenate(),
    {},
    [(4, 2), (4, 1)],
    2,
    masks=[[[1, 0, 1, 0], [1, 1, 0, 0]], [[1, 0, 0, 1], [0, 0, 0, 0]]],
)
add(
    "concatenate",
    "steps after steps",
    L.Concatenate(axis=1),
    {"axis": "first"},
    [(3, 2), (2, 2)],
    2,
    masks=[[[1, 0, 1], [1, 1, 0]], None],
)


# Shape

add("flatten", "a picture", L.Flatten(), {}, [(2, 3, 2)], 2)
add("flatten", "a row", L.Flatten(), {}, [(3,)], 1)
add("dropout", "answering", L.Dropout(0.5), {"rate": 0.5}, [(4,)], 2)
for name, config, target, shape in [
    ("to a picture", {"to": "picture", "height": 2, "width": 3, "channels": 2}, (2, 3, 2), (12,)),
    ("to a sequence, steps open", {"to": "sequence", "height": 0, "width": 4}, (-1, 4), (2, 3, 2)),
    ("to a row", {"to": "row"}, (-1,), (3, 2)),
]:
    add("reshape", name, L.Reshape(target), config, [shape], 2)
for order, shape in [
    ("2,1", (2, 3)),
    ("2,1,3", (2, 3, 2)),
    ("3,1,2", (2, 3, 4)),
    ("2,3,1", (1, 3, 2)),
    ("3,2,1", (2, 1, 3)),
    ("1,3,2", (2, 2, 3)),
]:
    add("permute", order, L.Permute([int(axis) for axis in order.split(",")]), {"order": order}, [shape], 2)


# Number by number

for slope in (0.3, 0.0, 0.01):
    add("leakyRelu", f"slope {slope}", L.LeakyReLU(slope), {"negativeSlope": slope}, [(4, 2)], 2)
corners = [[[0, 0.5], [-0.5, 0]]]
add("leakyRelu", "at its corner", L.LeakyReLU(0.25), {"negativeSlope": 0.25}, inputs=corners)
add("prelu", "at its corner", L.PReLU(), {}, inputs=corners)
add("prelu", "a slope at each place", L.PReLU(), {}, [(3, 2)], 2)
add("prelu", "a slope a channel", L.PReLU(shared_axes=[1, 2]), {"sharedAxes": True}, [(2, 3, 2)], 2)
add("prelu", "a row, one example", L.PReLU(), {"sharedAxes": True}, [(5,)], 1)
add("softmax", "a row", L.Softmax(), {}, [(5,)], 2)
add("softmax", "each pixel", L.Softmax(), {}, [(2, 2, 3)], 1)
for theta, value in [(0.5, 0.0), (-0.25, 2.0)]:
    add(
        "threshold",
        f"above {theta}, else {value}",
        None,
        {"theta": theta, "value": value},
        [(6,)],
        call=lambda x, theta=theta, value=value: keras.activations.threshold(x, theta, value),
    )



def plane_features(which):
    """x, y, x², y², x · y, sin x and sin y of a point, as far as they are chosen."""

    def call(point):
        x, y = point[:, :1], point[:, 1:]
        made = [x, y, tf.square(x), tf.square(y), x * y, tf.sin(x), tf.sin(y)]
        return tf.concat([value for value, on in zip(made, which) if on], axis=1)

    return call


names = ["x", "y", "xSquared", "ySquared", "product", "sineX", "sineY"]
for name, which in [("all seven", [1] * 7), ("circles", [0, 0, 1, 1, 0, 0, 0]), ("one wave", [0, 0, 0, 0, 0, 0, 1])]:
    config = {field: bool(on) for field, on in zip(names, which)}
    add("planeFeatures", name, None, config, [(2,)], call=plane_features(which))
add("rescaling", "factor", L.Rescaling(1 / 256), {"scale": 1 / 256, "offset": 0}, [(2, 2, 1)], 2)
add("rescaling", "factor and offset", L.Rescaling(0.5, -1.5), {"scale": 0.5, "offset": -1.5}, [(3,)], 2)
for mean, variance in [(2.0, 4.0), (0.0, 0.3), (-1.5, 0.0)]:
    layer = L.Normalization(axis=None, mean=mean, variance=variance)
    add(
        "normalization",
        f"mean {mean}, variance {variance}",
        layer,
        {"mean": mean, "variance": variance},
        [(3, 2)],
        2,
    )
add("gaussianNoise", "answering", L.GaussianNoise(0.5), {"stddev": 0.5}, [(4,)], 2)
