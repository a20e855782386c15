"""Writes models.json and models.zip: twenty small models as Keras saves them, for what opens models.

models.zip holds each as NAME.keras and NAME.h5. models.json says of each what was asked (`x`, by examples), what it
answered, how large its loss is on `y`, and, where nothing in it draws random numbers, what it answers after three steps of
plain gradient descent over all rows. A zip keeps the time it was made, so what --check compares is models.json.
Run: npm run oracles -- models
"""

import pathlib
import tempfile
import zipfile

from _golden import coarse, np, write
import keras
from keras import layers as L

ROWS = 6
random = np.random.default_rng(20250212)
keras.utils.set_random_seed(11)


def plain(*shape):
    return coarse(random, (ROWS, *shape))


def symbols(count, *shape):
    return random.integers(0, count, (ROWS, *shape)).astype("float64")


def classes(count, *shape):
    return random.integers(0, count, (ROWS, *shape))


def sorts():
    return "sparse_categorical_crossentropy"


def row(width):
    return keras.Input((width,))


def dense():
    model = keras.Sequential([row(4), L.Dense(5, "relu"), L.Dense(3, "softmax")])
    return model, plain(4), classes(3), sorts(), True


def bends():
    model = keras.Sequential(
        [
            row(3),
            L.Dense(6),
            L.LeakyReLU(negative_slope=0.1),
            L.Dense(5, "elu"),
            L.ReLU(),
            L.Dense(4, "softplus", name="bowl"),
            L.PReLU(),
            L.Activation("tanh"),
            L.Dense(4, "leaky_relu"),
            L.ELU(),
            L.Dense(2),
        ]
    )
    return model, plain(3), plain(2), "mse", True


def prepared():
    model = keras.Sequential([row(4), L.Normalization(axis=None, mean=0.5, variance=2.0), L.Dense(1)])
    return model, plain(4), plain(1), "mean_absolute_error", True


def table():
    columns = L.Normalization(axis=-1)
    columns.adapt((plain(3) * [1, 20, 0.1] + [0, 5, 300]).astype("float32"))
    model = keras.Sequential([row(3), columns, L.Dense(8, "relu"), L.Dense(1)])
    return model, plain(3) * [1, 20, 0.125] + [0, 5, 300], plain(1), "mse", True


def picture():
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            L.Rescaling(1 / 255),
            L.Conv2D(4, 3, padding="same", activation="relu"),
            L.MaxPooling2D(),
            L.BatchNormalization(),
            L.Conv2D(6, 3, strides=2, padding="same"),
            L.GlobalAveragePooling2D(),
            L.Dense(3, "softmax"),
        ]
    )
    return model, random.integers(0, 256, (ROWS, 8, 8, 1)).astype("float64"), classes(3), sorts(), True


def mirror():
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            L.Conv2D(3, 3, padding="same", activation="relu"),
            L.MaxPooling2D(2, padding="same"),
            L.Conv2DTranspose(3, 3, strides=2, padding="same", activation="relu"),
            L.AveragePooling2D(2),
            L.UpSampling2D(2, interpolation="bilinear"),
            L.Conv2D(1, 3, padding="same", activation="sigmoid"),
        ]
    )
    return model, plain(8, 8, 1), np.abs(plain(8, 8, 1)) % 1, "mse", True


def wave():
    model = keras.Sequential(
        [
            keras.Input((12, 2)),
            L.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="tanh"),
            L.MaxPooling1D(2),
            L.Conv1D(4, 2, use_bias=False),
            L.AveragePooling1D(2, strides=1, padding="same"),
            L.GlobalMaxPooling1D(),
            L.Dense(1, "sigmoid"),
        ]
    )
    return model, plain(12, 2), classes(2, 1), "binary_crossentropy", True


def memory():
    model = keras.Sequential(
        [keras.Input((6, 3)), L.LSTM(4, return_sequences=True), L.LSTM(3), L.Dense(2, "softmax")]
    )
    return model, plain(6, 3), classes(2), sorts(), True


def gates():
    model = keras.Sequential(
        [
            keras.Input((5, 2)),
            L.GRU(4, return_sequences=True),
            L.GRU(3, reset_after=False, go_backwards=True),
            L.Dense(1),
        ]
    )
    return model, plain(5, 2), plain(1), "mse", True


def both_ways():
    model = keras.Sequential(
        [
            keras.Input((5, 2)),
            L.Bidirectional(L.LSTM(3, return_sequences=True)),
            L.Bidirectional(L.GRU(2), merge_mode="sum"),
            L.Dense(2, "softmax"),
        ]
    )
    return model, plain(5, 2), classes(2), sorts(), True


def each_step():
    model = keras.Sequential(
        [
            keras.Input((4, 3)),
            L.SimpleRNN(5, return_sequences=True, activation="relu"),
            L.TimeDistributed(L.Dense(3, "softmax")),
        ]
    )
    return model, plain(4, 3), classes(3, 4), sorts(), True


def words():
    model = keras.Sequential(
        [keras.Input((6,)), L.Embedding(9, 4, mask_zero=True), L.LSTM(5), L.Dense(3, "softmax")]
    )
    return model, symbols(9, 6), classes(3), sorts(), True


def gaps():
    x = plain(5, 2)
    for i in range(ROWS):
        x[i, 5 - i % 4 :] = 0
    model = keras.Sequential([keras.Input((5, 2)), L.Masking(), L.GRU(4), L.Dense(2, "softmax")])
    return model, x, classes(2), sorts(), True


def shortcut():
    given = row(4)
    one = L.Dense(6, "tanh", name="left")(given)
    two = L.Dense(6, "sigmoid", name="right")(given)
    joined = L.Add()([one, two])
    product = L.Multiply()([one, two])
    side = L.Concatenate()([joined, product, given])
    calm = L.LayerNormalization()(side)
    out = L.Dense(3, "softmax", name="answer")(L.Dropout(0.25)(calm))
    return keras.Model(given, out), plain(4), classes(3), sorts(), False


def branches():
    given = keras.Input((6, 6, 2))
    small = L.Conv2D(3, 1, activation="relu")(given)
    large = L.Conv2D(3, 3, padding="same", activation="relu")(given)
    side = L.Concatenate(axis=-1)([small, large])
    most = L.GlobalMaxPooling2D()(side)
    mean = L.Flatten()(L.AveragePooling2D(3)(side))
    out = L.Dense(2, "softmax")(L.Concatenate()([most, mean]))
    return keras.Model(given, out), plain(6, 6, 2), classes(2), sorts(), True


def shapes():
    model = keras.Sequential(
        [
            row(12),
            L.Reshape((3, 4)),
            L.Permute((2, 1)),
            L.Conv1D(2, 2),
            L.Reshape((-1,)),
            L.RepeatVector(3),
            L.GlobalAveragePooling1D(),
            L.Dense(2),
        ]
    )
    return model, plain(12), plain(2), "mse", True


def held():
    model = keras.Sequential(
        [
            row(5),
            L.GaussianNoise(0.1),
            L.Dense(
                6,
                "relu",
                kernel_regularizer=keras.regularizers.L2(0.01),
                bias_regularizer=keras.regularizers.L1(0.001),
                kernel_initializer=keras.initializers.RandomNormal(0.0, 0.2),
            ),
            L.Dropout(0.2),
            L.Dense(
                4,
                "relu",
                kernel_regularizer=keras.regularizers.L1L2(0.001, 0.002),
                kernel_constraint=keras.constraints.MaxNorm(2.0),
                kernel_initializer="he_uniform",
            ),
            L.Dense(3, "softmax", kernel_constraint=keras.constraints.NonNeg()),
        ]
    )
    return model, plain(5), classes(3), sorts(), False


def base_and_head():
    given = keras.Input((6, 6, 1))
    base = keras.Model(given, L.Flatten()(L.Conv2D(4, 3, activation="relu")(given)), name="base")
    base.trainable = False
    model = keras.Sequential([keras.Input((6, 6, 1)), base, L.Dense(4, "relu"), L.Dense(2, "softmax")])
    return model, plain(6, 6, 1), classes(2), sorts(), True


def steady():
    given = row(5)
    x = L.Dense(6)(given)
    x = L.BatchNormalization(momentum=0.9, center=False)(x)
    x = L.Activation("relu")(x)
    x = L.Dense(6, name="frozen", trainable=False)(x)
    x = L.BatchNormalization(scale=False, epsilon=0.01)(x)
    return keras.Model(given, L.Dense(2)(x)), plain(5), plain(2), "mse", True


def logits():
    model = keras.Sequential([row(4), L.Dense(6, "tanh"), L.Dense(3)])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return model, plain(4), classes(3), loss, True


MODELS = [
    dense,
    bends,
    prepared,
    table,
    picture,
    mirror,
    wave,
    memory,
    gates,
    both_ways,
    each_step,
    words,
    gaps,
    shortcut,
    branches,
    shapes,
    held,
    base_and_head,
    steady,
    logits,
]


def started(model):
    """Weights that no start would give: biases that are not zero, averages that have moved."""
    for layer in model._flatten_layers(include_self=False, recursive=True):
        for weight in layer.weights if not getattr(layer, "_layers", None) else []:
            if isinstance(layer, L.Normalization):
                continue
            spread = coarse(random, weight.shape, 0.4)
            name = weight.name
            whole = np.abs(spread) + 0.5 if "variance" in name else spread
            weight.assign(np.abs(whole) if isinstance(layer, L.Dense) and layer.kernel_constraint else whole)


told = {}
with tempfile.TemporaryDirectory() as folder:
    archive = zipfile.ZipFile(pathlib.Path(__file__).with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=9)
    for make in MODELS:
        model, x, y, loss, exact = make()
        started(model)
        x = x.astype("float32")
        model.compile(keras.optimizers.SGD(0.05), loss)
        for ending in ["keras", "h5"]:
            path = pathlib.Path(folder) / f"{make.__name__}.{ending}"
            model.save(path)
            entry = zipfile.ZipInfo(path.name, (2025, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, path.read_bytes())
        answers = model.predict(x, verbose=0)
        before = model.evaluate(x, y, batch_size=ROWS, verbose=0)
        told[make.__name__] = {
            "x": x.reshape(-1),
            "y": np.asarray(y).reshape(-1),
            "classes": y.dtype.kind == "i",
            "answers": answers.reshape(-1),
            "loss": before,
        }
        if exact:
            model.fit(x, y, batch_size=ROWS, epochs=3, shuffle=False, verbose=0)
            told[make.__name__]["after"] = model.predict(x, verbose=0).reshape(-1)
    archive.close()
write(__file__, told)
