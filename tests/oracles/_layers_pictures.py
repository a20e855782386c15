"""Cases of layers for pictures."""

from _layers import add, keras, keras_arguments, part

L = keras.layers
K = keras_arguments
TANH, RELU, SIGMOID, LINEAR = part("tanh"), part("relu"), part("sigmoid"), part("linear")

for name, config, shape, batch in [
    ("filled edges", {"filters": 3, "kernelSize": 3, "padding": "same", "activation": RELU}, (5, 4, 2), 2),
    ("inside only", {"filters": 2, "kernelSize": 3, "padding": "valid", "activation": TANH}, (5, 6, 3), 2),
    ("one picture", {"filters": 2, "kernelSize": 2, "padding": "same", "activation": LINEAR}, (3, 3, 1), 1),
    (
        "steps of 2, filled",
        {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same", "activation": LINEAR},
        (6, 5, 2),
        2,
    ),
    (
        "steps of 2, inside",
        {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "valid", "activation": LINEAR},
        (6, 8, 2),
        2,
    ),
    (
        "steps of 3, even window",
        {"filters": 2, "kernelSize": 4, "strides": 3, "padding": "same", "activation": SIGMOID},
        (7, 8, 1),
        2,
    ),
    (
        "steps larger than the window",
        {"filters": 2, "kernelSize": 1, "strides": 2, "padding": "valid", "activation": LINEAR},
        (5, 4, 2),
        2,
    ),
    (
        "gaps, inside",
        {"filters": 2, "kernelSize": 3, "dilationRate": 2, "padding": "valid", "activation": LINEAR},
        (7, 6, 2),
        2,
    ),
    (
        "gaps, filled",
        {"filters": 2, "kernelSize": 3, "dilationRate": 2, "padding": "same", "activation": TANH},
        (5, 4, 1),
        2,
    ),
    (
        "wide gaps, even window, one picture",
        {"filters": 1, "kernelSize": 2, "dilationRate": 3, "padding": "same", "activation": LINEAR},
        (5, 7, 2),
        1,
    ),
    (
        "no bias",
        {"filters": 2, "kernelSize": 3, "padding": "same", "useBias": False, "activation": LINEAR},
        (4, 4, 2),
        2,
    ),
    (
        "window as large as the picture",
        {"filters": 3, "kernelSize": 3, "padding": "valid", "activation": LINEAR},
        (3, 3, 2),
        2,
    ),
]:
    add("conv2d", name, L.Conv2D(**K(config)), config, [shape], batch)

for name, config, shape, batch in [
    (
        "exact",
        {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same", "activation": RELU},
        (3, 2, 3),
        2,
    ),
    (
        "with edges",
        {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "valid", "activation": LINEAR},
        (2, 3, 2),
        2,
    ),
    (
        "step of 1",
        {"filters": 2, "kernelSize": 3, "strides": 1, "padding": "same", "activation": TANH},
        (4, 3, 2),
        1,
    ),
    (
        "step of 1, with edges",
        {"filters": 1, "kernelSize": 2, "strides": 1, "padding": "valid", "activation": LINEAR},
        (3, 4, 2),
        2,
    ),
    (
        "step larger than the window",
        {"filters": 2, "kernelSize": 2, "strides": 3, "padding": "same", "activation": LINEAR},
        (2, 3, 2),
        2,
    ),
    (
        "step larger, with edges",
        {
            "filters": 2,
            "kernelSize": 2,
            "strides": 3,
            "padding": "valid",
            "useBias": False,
            "activation": LINEAR,
        },
        (2, 2, 1),
        2,
    ),
    (
        "large window",
        {"filters": 2, "kernelSize": 5, "strides": 2, "padding": "same", "activation": LINEAR},
        (3, 3, 2),
        2,
    ),
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
