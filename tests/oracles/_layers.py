"""How a golden case of a layer is made: Keras computes it in float64, with weights and inputs that float32 holds."""

import pathlib
import re
import zlib

from _golden import coarse, np, plain, text
import keras
import tensorflow as tf

keras.backend.set_floatx("float64")

FOLDER = pathlib.Path(__file__).parent / "layers"
CASES = {}


def part(kind, **config):
    """A part of the registry: an activation, an initialiser …"""
    return {"type": kind, "config": config}


def snake(name):
    return re.sub(r"[A-Z]", lambda capital: "_" + capital.group().lower(), name)


def activation(value):
    if value["type"] == "leakyRelu":
        return lambda z: keras.activations.leaky_relu(z, negative_slope=value["config"]["alpha"])
    return snake(value["type"])


def keras_arguments(config):
    """Settings of the registry as Keras' arguments: in snake case, activations by name."""
    return {
        snake(name): activation(value) if isinstance(value, dict) else value for name, value in config.items()
    }


def distinct(random, shape):
    """Numbers of which no two are alike, for layers that pick the largest."""
    n = int(np.prod(shape))
    return (random.permutation(n) - n // 2).reshape(shape) / 64


def weight_name(variable):
    """kernel; forward_kernel within a Bidirectional layer."""
    for side in ("forward", "backward"):
        if f"{side}_" in variable.path:
            return f"{side}_{variable.name}"
    return variable.name


def add(
    kind,
    name,
    layer,
    config=None,
    shapes=((3,),),
    batch=3,
    training=False,
    masks=None,
    inputs=None,
    differentiable=True,
    call=None,
):
    """
    One case of the layer `kind` of the registry with the settings `config`, computed by the Keras layer `layer`.
    `shapes` has the shape of each input without the batch; `inputs` overrides the random values.
    """
    random = np.random.default_rng(zlib.crc32(f"{kind}/{name}".encode()))
    if inputs is None:
        make = distinct if "axPooling" in kind else coarse
        inputs = [make(random, (batch, *shape)) for shape in shapes]
    inputs = [np.asarray(value, dtype="float64") for value in inputs]
    tensors = [tf.constant(value) for value in inputs]
    given = tensors if len(tensors) > 1 else tensors[0]
    given_masks = (
        None if masks is None else [None if m is None else tf.constant(np.array(m, bool)) for m in masks]
    )
    mask = None if masks is None else given_masks if len(tensors) > 1 else given_masks[0]

    if call is None:
        shapes_given = [tuple(t.shape) for t in tensors]
        layer.build(shapes_given if len(tensors) > 1 else shapes_given[0])
        variables = [v for v in layer.variables if "seed" not in v.name]
        for variable in variables:
            value = coarse(random, tuple(variable.shape), 0.5)
            variable.assign(np.abs(value) + 0.5 if variable.name == "moving_variance" else value)
    else:
        variables = []
    start = {weight_name(v): v.numpy() for v in variables}

    arguments = {}
    if call is None and training:
        arguments["training"] = True
    takes_mask = call is None and "mask" in layer._call_signature.parameters
    if mask is not None and takes_mask:
        arguments["mask"] = mask
    with tf.GradientTape() as tape:
        for tensor in tensors:
            tape.watch(tensor)
        output = call(given) if call else layer(given, **arguments)
        weighting = coarse(random, tuple(output.shape))
        objective = tf.reduce_sum(output * weighting)
    trained = [v for v in variables if v.trainable]
    watched = (tensors if differentiable else []) + [v.value for v in trained]
    slopes = tape.gradient(objective, watched) if watched else []
    slopes = [s if s is None else tf.convert_to_tensor(s).numpy() for s in slopes]

    ports = ["input", "second", "third", "fourth"][: len(inputs)]
    case = {"name": name, "config": config or {}, "training": training}
    case["inputs"] = dict(zip(ports, inputs))
    if masks is not None:
        case["masks"] = {p: np.asarray(m, dtype=int) for p, m in zip(ports, masks) if m is not None}
    case["weights"] = start
    case["output"] = output.numpy()
    if call is None and (masks is not None or kind in ("masking", "embedding")):
        out_mask = layer.compute_mask(given, mask)
        if out_mask is not None:
            case["outputMask"] = np.asarray(out_mask).astype(int)
    if watched:
        case["weighting"] = weighting
        count = len(tensors) if differentiable else 0
        case["inputSlopes"] = dict(zip(ports, slopes[:count]))
        case["weightSlopes"] = {weight_name(v): s for v, s in zip(trained, slopes[count:])}
    if training:
        case["updated"] = {weight_name(v): v.numpy() for v in variables if not v.trainable}
    CASES.setdefault(kind, []).append(case)


def save():
    """One file a layer, layers/<type>.json."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    total = 0
    for kind, cases in CASES.items():
        value = {"source": f"Keras {keras.__version__}, float64", "cases": cases}
        path = FOLDER / f"{kind}.json"
        path.write_text(text(plain(value)) + "\n", encoding="utf-8", newline="\n")
        total += path.stat().st_size
    print(f"layers/*.json: {len(CASES)} files, {total / 1000:.0f} kB")
