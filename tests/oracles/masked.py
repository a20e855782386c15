"""Writes masked.json: Keras training a network on sequences of different lengths, filled up with zeros.

Masking, GRU, Dense at each step: `before` and `after` are its weights around three steps of plain gradient descent over
all rows, `loss` and `accuracy` how it does with the first. Steps that only fill up have class 0, which is not looked at.
Run: npm run oracles -- masked
"""

from _golden import coarse, np, write
import keras

random = np.random.default_rng(20241122)
ROWS, STEPS, INPUTS, UNITS, CLASSES = 5, 4, 3, 4, 2
lengths = [4, 2, 3, 1, 4]
x = coarse(random, (ROWS, STEPS, INPUTS)).astype("float32")
y = random.integers(0, CLASSES, (ROWS, STEPS))
for row, length in enumerate(lengths):
    x[row, length:] = 0
    y[row, length:] = 0

model = keras.Sequential(
    [
        keras.Input((STEPS, INPUTS)),
        keras.layers.Masking(),
        keras.layers.GRU(UNITS, return_sequences=True),
        keras.layers.Dense(CLASSES, activation="softmax"),
    ]
)
model.set_weights([coarse(random, w.shape, 0.5) for w in model.get_weights()])
names = [
    "walk/kernel",
    "walk/recurrent_kernel",
    "walk/bias",
    "output/kernel",
    "output/bias",
]


def weights():
    return {
        name: {"shape": list(w.shape), "values": w.reshape(-1)}
        for name, w in zip(names, model.get_weights(), strict=True)
    }


model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
before = weights()
loss, accuracy = model.evaluate(x, y, batch_size=ROWS, verbose=0)
model.fit(x, y, batch_size=ROWS, epochs=3, shuffle=False, verbose=0)
write(
    __file__,
    {
        "lengths": lengths,
        "x": x.reshape(-1),
        "y": y.reshape(-1),
        "before": before,
        "loss": loss,
        "accuracy": accuracy,
        "after": weights(),
    },
)
