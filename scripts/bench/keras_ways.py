"""The ways in which Keras and TensorFlow can train: each has first() (build and one step), run(steps), reset(), job().

run() makes that many steps and returns when the last one is done. In the interactive ways each step's loss is read.
job() is a workload's whole work: so many epochs, with what is measured along the way.
"""

import numpy as np
import tensorflow as tf
import keras


class Way:
    """What they have in common: a model, its state at the start, and which rows each step takes."""

    chunk = 4

    def __init__(self, workload, made, unroll=False):
        self.workload, self.made = workload, made
        self.model, self.optimizer = made.build(unroll)
        self.optimizer.build(self.model.trainable_variables)
        self.loss = made.loss()
        self.batch = workload.get("batch")
        self.random = np.random.default_rng(2)
        self.start = [np.array(v) for v in self.variables()]
        self.order, self.at = np.empty(0, np.int32), 0

    def variables(self):
        return self.model.variables + self.optimizer.variables

    def reset(self):
        for variable, value in zip(self.variables(), self.start):
            variable.assign(value)

    def rows(self):
        """The next batch's rows, every row once an epoch in another order."""
        if self.at + self.batch > len(self.order):
            self.order, self.at = self.random.permutation(self.workload["rows"]).astype(np.int32), 0
        self.at += self.batch
        return self.order[self.at - self.batch : self.at]

    def first(self):
        self.run(1)


class TrainOnBatch(Way):
    def __init__(self, workload, made, jit=False, **more):
        super().__init__(workload, made, **more)
        self.model.compile(self.optimizer, self.loss, jit_compile=jit)

    def run(self, steps):
        x, y = self.made.x, self.made.y
        for _ in range(steps):
            if self.batch is None:
                loss = self.model.train_on_batch(x, y)
            else:
                rows = self.rows()
                loss = self.model.train_on_batch(x[rows], y[rows])
        return float(loss)


class Graph(Way):
    """A custom step as a graph. The data stays inside; a step is told its rows."""

    def __init__(self, workload, made, jit=False, **more):
        super().__init__(workload, made, **more)
        self.x, self.y = tf.constant(made.x), tf.constant(made.y)
        # A concrete function skips the look at its arguments that tf.function takes at each call.
        if self.batch is None:
            self.step = tf.function(self.update_all, autograph=False, jit_compile=jit).get_concrete_function()
        else:
            self.step = tf.function(self.update_rows, autograph=False, jit_compile=jit).get_concrete_function(
                tf.TensorSpec([self.batch], tf.int32)
            )

    def update_all(self):
        return self.update(self.x, self.y)

    def update_rows(self, rows):
        return self.update(tf.gather(self.x, rows), tf.gather(self.y, rows))

    def update(self, x, y):
        with tf.GradientTape() as tape:
            answer = self.model(x, training=True)
            loss = self.loss(y, answer)
        weights = self.model.trainable_variables
        gradients = tape.gradient(loss, weights)
        self.apply(gradients, weights)
        self.right = tf.constant(0.0)
        if self.workload.get("metrics"):
            hits = tf.equal(tf.argmax(answer, -1, tf.int32), y)
            self.right = tf.reduce_mean(tf.cast(hits, tf.float32))
        return loss

    def apply(self, gradients, weights):
        config = self.workload["optimizer"]
        if config["type"] == "sgd" and not config.get("momentum"):
            # Keras' optimizer keeps a step counter as well; without it TensorFlow is a little faster.
            for gradient, weight in zip(gradients, weights):
                weight.value.assign_sub(config["learningRate"] * gradient)
        else:
            self.optimizer.apply(gradients, weights)

    def run(self, steps):
        for _ in range(steps):
            # numpy() waits for the result: the loss is read after each step
            loss = (self.step() if self.batch is None else self.step(tf.constant(self.rows()))).numpy()
        return float(loss)


class Loop(Graph):
    """Many steps in one call of a graph, which adds up their losses."""

    def __init__(self, workload, made, jit=False, **more):
        super().__init__(workload, made, **more)
        self.chunk = self.count = workload["stepsPerCall"]
        if self.batch is None:
            self.many = tf.function(self.full_batches, jit_compile=jit).get_concrete_function()
        else:
            self.many = tf.function(self.batches, jit_compile=jit).get_concrete_function(
                tf.TensorSpec([self.count, self.batch], tf.int32)
            )

    def full_batches(self):
        total = tf.constant(0.0)
        for _ in tf.range(self.count):
            total += self.update(self.x, self.y)
        return total, tf.constant(0.0)

    def batches(self, order):
        total, right = tf.constant(0.0), tf.constant(0.0)
        for i in tf.range(self.count):
            total += self.update_rows(order[i])
            right += self.right
        return total, right

    def call(self):
        if self.batch is None:
            return self.many()
        return self.many(tf.constant(np.stack([self.rows() for _ in range(self.count)])))

    def first(self):
        self.run(self.count)

    def run(self, steps):
        sums = np.zeros(2)
        for _ in range(steps // self.count):
            total, right = self.call()
            sums += total.numpy(), right.numpy()
        return sums / steps

    def job(self, epochs):
        a_epoch = self.workload["rows"] // self.batch
        self.at = len(self.order)
        for _ in range(epochs):
            loss, right = self.run(a_epoch)
            if self.workload.get("metrics"):
                score = evaluate(self, self.made.test_x, self.made.test_y)
        if self.workload.get("metrics"):
            return {"loss": float(loss), "accuracy": float(right), "test": score}
        return result_of(self)


def evaluate(way, x, y):
    """Accuracy on the test part, in batches of 1,000, with the loss computed as well."""
    if not hasattr(way, "score"):
        @tf.function
        def score(x, y):
            answer = way.model(x, training=False)
            hits = tf.equal(tf.argmax(answer, -1, tf.int32), y)
            return tf.stack([way.loss(y, answer), tf.reduce_mean(tf.cast(hits, tf.float32))])

        way.score = score
    parts = [way.score(x[i : i + 1000], y[i : i + 1000]).numpy() for i in range(0, len(x), 1000)]
    return float(np.mean(parts, axis=0)[1])


def result_of(way):
    """Share of sums of which every bit is right."""
    answer = way.model(way.made.test_x).numpy()
    return {"right": float(((answer > 0.5) == (way.made.test_y > 0.5)).all(axis=(1, 2)).mean())}


class Fit(Way):
    """model.fit as in the tutorials; `per` is steps_per_execution."""

    def __init__(self, workload, made, jit=False, per=1, **more):
        super().__init__(workload, made, **more)
        metrics = ["accuracy"] if workload.get("metrics") else None
        self.per = workload["stepsPerCall"] if per is None else per
        self.model.compile(
            self.optimizer, self.loss, metrics=metrics, jit_compile=jit, steps_per_execution=self.per
        )
        self.chunk = max(self.per, workload["stepsPerCall"])

    def run(self, steps):
        x, y = self.made.x, self.made.y
        if self.batch is None:
            data = tf.data.Dataset.from_tensors((x, y)).cache().repeat()
            self.model.fit(data, steps_per_epoch=steps, epochs=1, shuffle=False, verbose=0)
        else:
            data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).repeat().batch(self.batch)
            self.model.fit(data, steps_per_epoch=steps, epochs=1, shuffle=False, verbose=0)

    def first(self):
        self.run(self.per)

    def job(self, epochs):
        made, workload = self.made, self.workload
        test = (made.test_x, made.test_y) if workload.get("metrics") else None
        history = self.model.fit(
            made.x,
            made.y,
            batch_size=self.batch,
            epochs=epochs,
            validation_data=test,
            validation_batch_size=1000 if test else None,
            verbose=0,
        ).history
        if workload.get("metrics"):
            return {
                "loss": history["loss"][-1],
                "accuracy": history["accuracy"][-1],
                "test": history["val_accuracy"][-1],
            }
        return result_of(self)


def variant(kind, **options):
    return lambda workload, made: kind(workload, made, **options)


INTERACTIVE = {
    "train_on_batch": variant(TrainOnBatch),
    "train_on_batch, XLA": variant(TrainOnBatch, jit=True),
    "tf.function": variant(Graph),
    "tf.function, XLA": variant(Graph, jit=True),
}
THROUGHPUT = {
    "fit": variant(Fit),
    "fit, XLA": variant(Fit, jit=True),
    "fit, many steps": variant(Fit, per=None),
    "fit, many steps, XLA": variant(Fit, per=None, jit=True),
    "tf.range loop": variant(Loop),
    "XLA loop": variant(Loop, jit=True),
}
UNROLLED = {
    "tf.function, unrolled": variant(Graph, unroll=True),
    "tf.function, XLA, unrolled": variant(Graph, jit=True, unroll=True),
    "fit, many steps, unrolled": variant(Fit, per=None, unroll=True),
    "fit, many steps, XLA, unrolled": variant(Fit, per=None, jit=True, unroll=True),
    "tf.range loop, unrolled": variant(Loop, unroll=True),
    "XLA loop, unrolled": variant(Loop, jit=True, unroll=True),
}
WAYS = {**INTERACTIVE, **THROUGHPUT, **UNROLLED}
