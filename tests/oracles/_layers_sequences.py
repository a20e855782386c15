"""Cases of layers for sequences."""

from _layers import add, keras, keras_arguments, np, part

L = keras.layers
K = keras_arguments
TANH, RELU, SIGMOID, LINEAR = part("tanh"), part("relu"), part("sigmoid"), part("linear")


# Sequences

for name, config, shape, batch in [
    ("inside only", {"filters": 3, "kernelSize": 3, "padding": "valid", "activation": RELU}, (7, 2), 2),
    ("filled edges", {"filters": 2, "kernelSize": 4, "padding": "same", "activation": TANH}, (5, 3), 2),
    (
        "steps of 2",
        {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same", "activation": LINEAR},
        (8, 2),
        1,
    ),
    (
        "gaps",
        {"filters": 2, "kernelSize": 3, "dilationRate": 2, "padding": "same", "activation": LINEAR},
        (7, 2),
        2,
    ),
    (
        "gaps, inside",
        {"filters": 2, "kernelSize": 2, "dilationRate": 3, "padding": "valid", "activation": LINEAR},
        (7, 1),
        2,
    ),
    (
        "only the past",
        {"filters": 2, "kernelSize": 3, "padding": "causal", "useBias": False, "activation": LINEAR},
        (5, 2),
        2,
    ),
    (
        "only the past, gaps",
        {"filters": 1, "kernelSize": 3, "dilationRate": 2, "padding": "causal", "activation": LINEAR},
        (6, 2),
        2,
    ),
    (
        "only the past, steps of 2",
        {"filters": 2, "kernelSize": 2, "strides": 2, "padding": "causal", "activation": LINEAR},
        (6, 2),
        1,
    ),
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
        name = (
            f"{cell}, {merge_mode}{', each step' if changes else ''}{', steps that count' if masks else ''}"
        )
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
