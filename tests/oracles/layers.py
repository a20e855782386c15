"""
Golden cases of the registry's layers, from Keras in float64: output, slopes of sum(output · weighting) by every input
and trained weight, moving averages after a step, masks.
Run: npm run oracles
"""

from _layers import add, keras, keras_arguments, np, part, save

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


# Pictures

for name, config, shape, batch in [
    ("filled edges", {"filters": 3, "kernelSize": 3, "padding": "same", "activation": RELU}, (5, 4, 2), 2),
    ("inside only", {"filters": 2, "kernelSize": 3, "padding": "valid", "activation": TANH}, (5, 6, 3), 2),
    ("one picture", {"filters": 2, "kernelSize": 2, "padding": "same", "activation": LINEAR}, (3, 3, 1), 1),
    ("steps of 2, filled", {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same", "activation": LINEAR}, (6, 5, 2), 2),
    ("steps of 2, inside", {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "valid", "activation": LINEAR}, (6, 8, 2), 2),
    ("steps of 3, even window", {"filters": 2, "kernelSize": 4, "strides": 3, "padding": "same", "activation": SIGMOID}, (7, 8, 1), 2),
    ("steps larger than the window", {"filters": 2, "kernelSize": 1, "strides": 2, "padding": "valid", "activation": LINEAR}, (5, 4, 2), 2),
    ("gaps, inside", {"filters": 2, "kernelSize": 3, "dilationRate": 2, "padding": "valid", "activation": LINEAR}, (7, 6, 2), 2),
    ("gaps, filled", {"filters": 2, "kernelSize": 3, "dilationRate": 2, "padding": "same", "activation": TANH}, (5, 4, 1), 2),
    ("wide gaps, even window, one picture", {"filters": 1, "kernelSize": 2, "dilationRate": 3, "padding": "same", "activation": LINEAR}, (5, 7, 2), 1),
    ("no bias", {"filters": 2, "kernelSize": 3, "padding": "same", "useBias": False, "activation": LINEAR}, (4, 4, 2), 2),
    ("window as large as the picture", {"filters": 3, "kernelSize": 3, "padding": "valid", "activation": LINEAR}, (3, 3, 2), 2),
]:
    add("conv2d", name, L.Conv2D(**K(config)), config, [shape], batch)

for name, config, shape, batch in [
    ("exact", {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same", "activation": RELU}, (3, 2, 3), 2),
    ("with edges", {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "valid", "activation": LINEAR}, (2, 3, 2), 2),
    ("step of 1", {"filters": 2, "kernelSize": 3, "strides": 1, "padding": "same", "activation": TANH}, (4, 3, 2), 1),
    ("step of 1, with edges", {"filters": 1, "kernelSize": 2, "strides": 1, "padding": "valid", "activation": LINEAR}, (3, 4, 2), 2),
    ("step larger than the window", {"filters": 2, "kernelSize": 2, "strides": 3, "padding": "same", "activation": LINEAR}, (2, 3, 2), 2),
    ("step larger, with edges", {"filters": 2, "kernelSize": 2, "strides": 3, "padding": "valid", "useBias": False, "activation": LINEAR}, (2, 2, 1), 2),
    ("large window", {"filters": 2, "kernelSize": 5, "strides": 2, "padding": "same", "activation": LINEAR}, (3, 3, 2), 2),
]:
    add("conv2dTranspose", name, L.Conv2DTranspose(**K(config)), config, [shape], batch)

POOLS = [
    ("as large as its step", {"poolSize": 2, "strides": 0, "padding": "valid"}),
    ("filled edges", {"poolSize": 2, "strides": 0, "padding": "same"}),
    ("overlapping", {"poolSize": 3, "strides": 2, "padding": "valid"}),
    ("overlapping, filled", {"poolSize": 3, "strides": 2, "padding": "same"}),
    ("step of 1", {"poolSize": 3, "strides": 1, "padding": "same"}),
    ("step larger than the window", {"poolSize": 2, "strides": 3, "padding": "valid"}),
]
for kind, one, two in [
    ("max", L.MaxPooling1D, L.MaxPooling2D),
    ("average", L.AveragePooling1D, L.AveragePooling2D),
]:
    for name, config in POOLS:
        arguments = K({**config, "strides": config["strides"] or None})
        add(f"{kind}Pooling1d", name, one(**arguments), config, [(7, 2)], batch=1 if "1" in name else 2)
        add(f"{kind}Pooling2d", name, two(**arguments), config, [(5, 7, 2)], batch=1 if "1" in name else 2)

for kind, layer in [
    ("globalMaxPooling2d", L.GlobalMaxPooling2D),
    ("globalAveragePooling2d", L.GlobalAveragePooling2D),
]:
    add(kind, "pictures", layer(), {}, [(3, 4, 2)])
    add(kind, "one picture", layer(), {}, [(1, 5, 3)], batch=1)
add("globalMaxPooling2d", "several largest", L.GlobalMaxPooling2D(), {}, inputs=[[[[[1], [0]], [[1], [1]]]]])
add("globalMaxPooling1d", "several largest", L.GlobalMaxPooling1D(), {}, inputs=[[[[0, 2], [0, 1], [0, 2]]]])
add("maxPooling2d", "several largest", L.MaxPooling2D(), {}, inputs=[[[[[1], [0]], [[1], [1]]]]])
for kind, layer in [
    ("globalMaxPooling1d", L.GlobalMaxPooling1D),
    ("globalAveragePooling1d", L.GlobalAveragePooling1D),
]:
    add(kind, "sequences", layer(), {}, [(5, 3)])
    add(kind, "one sequence", layer(), {}, [(4, 1)], batch=1)
add(
    "globalAveragePooling1d",
    "only steps that count",
    L.GlobalAveragePooling1D(),
    {},
    [(4, 2)],
    masks=[[[1, 1, 0, 0], [1, 1, 1, 1], [0, 1, 0, 1]]],
)

for size, interpolation, shape, batch in [
    (2, "nearest", (3, 2, 2), 2),
    (3, "nearest", (2, 3, 1), 1),
    (2, "bilinear", (3, 2, 2), 2),
    (3, "bilinear", (2, 4, 1), 1),
    (4, "bilinear", (1, 3, 2), 2),
]:
    add(
        "upSampling2d",
        f"{interpolation} {size}",
        L.UpSampling2D(size, interpolation=interpolation),
        {"size": size, "interpolation": interpolation},
        [shape],
        batch,
    )


# Steady training

for shape in [(4,), (5, 3), (3, 4, 2)]:
    for training in (True, False):
        mode = "training" if training else "answering"
        add("batchNormalization", f"{len(shape)} axes, {mode}", L.BatchNormalization(), {}, [shape], 4, training)
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
for order, shape in [("2,1", (2, 3)), ("2,1,3", (2, 3, 2)), ("3,1,2", (2, 3, 4)), ("2,3,1", (1, 3, 2)), ("3,2,1", (2, 1, 3)), ("1,3,2", (2, 2, 3))]:
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
add("rescaling", "factor", L.Rescaling(1 / 256), {"scale": 1 / 256, "offset": 0}, [(2, 2, 1)], 2)
add("rescaling", "factor and offset", L.Rescaling(0.5, -1.5), {"scale": 0.5, "offset": -1.5}, [(3,)], 2)
for mean, variance in [(2.0, 4.0), (0.0, 0.3), (-1.5, 0.0)]:
    layer = L.Normalization(axis=None, mean=mean, variance=variance)
    add("normalization", f"mean {mean}, variance {variance}", layer, {"mean": mean, "variance": variance}, [(3, 2)], 2)
add("gaussianNoise", "answering", L.GaussianNoise(0.5), {"stddev": 0.5}, [(4,)], 2)


# Sequences

for name, config, shape, batch in [
    ("inside only", {"filters": 3, "kernelSize": 3, "padding": "valid", "activation": RELU}, (7, 2), 2),
    ("filled edges", {"filters": 2, "kernelSize": 4, "padding": "same", "activation": TANH}, (5, 3), 2),
    ("steps of 2", {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same", "activation": LINEAR}, (8, 2), 1),
    ("gaps", {"filters": 2, "kernelSize": 3, "dilationRate": 2, "padding": "same", "activation": LINEAR}, (7, 2), 2),
    ("gaps, inside", {"filters": 2, "kernelSize": 2, "dilationRate": 3, "padding": "valid", "activation": LINEAR}, (7, 1), 2),
    ("only the past", {"filters": 2, "kernelSize": 3, "padding": "causal", "useBias": False, "activation": LINEAR}, (5, 2), 2),
    ("only the past, gaps", {"filters": 1, "kernelSize": 3, "dilationRate": 2, "padding": "causal", "activation": LINEAR}, (6, 2), 2),
    ("only the past, steps of 2", {"filters": 2, "kernelSize": 2, "strides": 2, "padding": "causal", "activation": LINEAR}, (6, 2), 1),
]:
    add("conv1d", name, L.Conv1D(**K(config)), config, [shape], batch)

ALL = {"returnSequences": True}
BACK = {"goBackwards": True}
MASK = [[[1, 1, 0, 0], [0, 1, 1, 0], [1, 1, 1, 1]]]
GATES = {"recurrentActivation": RELU}
NO_BIAS = {"useBias": False}
CELLS = {"simpleRnn": L.SimpleRNN, "lstm": L.LSTM, "gru": L.GRU}
for cell, make in CELLS.items():
    variants = [
        ("last step", {}, (4, 2), 3, None),
        ("one step of one sequence", {}, (1, 3), 1, None),
        ("each step", ALL, (5, 2), 2, None),
        ("backwards", BACK, (4, 2), 2, None),
        ("each step, backwards", {**ALL, **BACK}, (3, 2), 2, None),
        ("no bias", NO_BIAS, (3, 2), 1, None),
        ("steps that count", {}, (4, 2), 3, MASK),
        ("each step that counts", ALL, (4, 2), 3, MASK),
        ("steps that count, backwards", BACK, (4, 1), 3, MASK),
        ("each step that counts, backwards", {**ALL, **BACK}, (4, 1), 3, MASK),
        ("sigmoid", {**ALL, "activation": SIGMOID}, (3, 2), 2, None),
    ]
    if cell != "simpleRnn":
        variants.append(("other gates", {**ALL, **GATES}, (3, 2), 2, None))
    if cell == "gru":
        variants += [
            ("reset before", {**ALL, "resetAfter": False}, (4, 2), 2, None),
            ("reset before, no bias", {**NO_BIAS, "resetAfter": False}, (3, 2), 2, None),
            ("reset before, steps that count", {**ALL, "resetAfter": False}, (4, 2), 3, MASK),
        ]
    for name, changes, shape, batch, masks in variants:
        config = {"units": 3, **changes}
        add(cell, name, make(**K(config)), config, [shape], batch, masks=masks)

    for merge_mode, changes, masks in [
        ("concat", {}, None),
        ("sum", ALL, None),
        ("ave", {}, MASK),
        ("mul", ALL, MASK),
        ("concat", {**ALL, **NO_BIAS}, MASK),
    ]:
        config = {"units": 2, **changes}
        name = f"{cell}, {merge_mode}{', each step' if changes else ''}{', steps that count' if masks else ''}"
        full = {"cell": cell, "mergeMode": merge_mode, **config}
        layer = L.Bidirectional(make(**K(config)), merge_mode=merge_mode)
        add("bidirectional", name, layer, full, [(4, 2)], 3, masks=masks)

for name, config, shape, batch in [
    ("steps", {"units": 2, "activation": SIGMOID}, (4, 3), 2),
    ("no bias", {"units": 3, "activation": LINEAR, "useBias": False}, (2, 2), 1),
]:
    layer = L.TimeDistributed(L.Dense(**K(config)))
    add("timeDistributed", name, layer, config, [shape], batch)

for value in (0, -1):
    steps = np.array([[[value, value], [1, value], [2, 3]], [[value, 0.5], [value, value], [value, value]]])
    add("masking", f"skips {value}", L.Masking(value), {"maskValue": value}, inputs=[steps])

add("repeatVector", "four times", L.RepeatVector(4), {"n": 4}, [(3,)], 2)
add("repeatVector", "once", L.RepeatVector(1), {"n": 1}, [(2,)], 1)


# Symbols

add(
    "embedding",
    "symbols",
    L.Embedding(5, 3),
    {"inputDim": 5, "outputDim": 3},
    inputs=[[[1, 4, 0, 1], [2, 2, 2, 3]]],
    differentiable=False,
)
add(
    "embedding",
    "0 is no symbol",
    L.Embedding(4, 2, mask_zero=True),
    {"inputDim": 4, "outputDim": 2, "maskZero": True},
    inputs=[[[3, 1, 0]]],
    differentiable=False,
)

save()
