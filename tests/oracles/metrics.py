"""Writes metrics.json: what metrics give over a whole set, by scikit-learn and by Keras 3.

Both are recorded where they mean the same, and the generator stops if they differ by more than 1e-6. Keras' AUC adds
up 200 thresholds and is an approximation; scikit-learn's is exact. Where nothing is to be divided by, the result
is 0. R² of a target without any spread is 0, or 1 where it is hit exactly (scikit-learn's rule).
Run: npm run oracles
"""

import warnings

from _golden import coarse, np, write
import keras
import sklearn
from sklearn import metrics as sk

warnings.filterwarnings("ignore")  # about undefined scores, which are what some cases are for
random = np.random.default_rng(20240503)


def by_keras(metric, target, prediction):
    metric.update_state(target, prediction)
    return np.asarray(metric.result())


def same(exact, other, tolerance=1e-6):
    assert np.allclose(exact, other, rtol=0, atol=tolerance), f"{exact} is not {other}"
    return exact


def binary(name, target, prediction, threshold=0.5):
    target, prediction = np.asarray(target), np.asarray(prediction)
    flat, said = target[:, 0].astype(int), (prediction[:, 0] > threshold).astype(int)
    k = keras.metrics
    both = {0, 1} <= set(flat.tolist())
    result = {
        "accuracy": same(
            sk.accuracy_score(flat, said), by_keras(k.BinaryAccuracy(threshold=threshold), target, prediction)
        ),
        "precision": same(
            sk.precision_score(flat, said, zero_division=0),
            by_keras(k.Precision(thresholds=threshold), target, prediction),
        ),
        "recall": same(
            sk.recall_score(flat, said, zero_division=0),
            by_keras(k.Recall(thresholds=threshold), target, prediction),
        ),
        "f1": same(
            sk.f1_score(flat, said, zero_division=0),
            by_keras(k.F1Score(threshold=threshold), target, prediction)[0],
        ),
        "confusion": sk.confusion_matrix(flat, said, labels=[0, 1]),
    }
    if both:
        result["auc"] = same(
            sk.roc_auc_score(flat, prediction[:, 0]), by_keras(k.AUC(num_thresholds=2000), target, prediction), 0.01
        )
        result["aucPrecisionRecall"] = sk.average_precision_score(flat, prediction[:, 0])
        result["kerasAuc"] = by_keras(k.AUC(), target, prediction)
    return {"name": name, "threshold": threshold, "target": target, "prediction": prediction, **result}


def classes(name, labels, prediction):
    count = prediction.shape[1]
    target, said = np.eye(count)[labels], prediction.argmax(axis=1)
    every = list(range(count))
    top = {
        str(k): same(
            sk.top_k_accuracy_score(labels, prediction, k=k, labels=every),
            by_keras(keras.metrics.TopKCategoricalAccuracy(k=k), target, prediction.astype(np.float32)),
        )
        for k in (1, 2, 3)
        if k < count
    }

    def average(score, how):
        return score(labels, said, labels=every, average=how, zero_division=0)

    # Classes that never or always occur have no curve.
    curves = [
        sk.roc_auc_score(target[:, c], prediction[:, c]) if 0 < target[:, c].sum() < len(labels) else None
        for c in every
    ]
    drawn = [area for area in curves if area is not None]
    scores = {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}
    for how in ("macro", "micro", "weighted"):
        same(average(sk.f1_score, how), by_keras(keras.metrics.F1Score(average=how), target, prediction))
    return {
        **{"name": name, "labels": labels, "prediction": prediction},
        "accuracy": same(
            sk.accuracy_score(labels, said), by_keras(keras.metrics.CategoricalAccuracy(), target, prediction)
        ),
        "topK": top,
        **{
            key: {
                "perClass": average(score, None),
                **{how: average(score, how) for how in ("macro", "micro", "weighted")},
            }
            for key, score in scores.items()
        },
        # one class against the rest
        "auc": {"perClass": curves, "macro": np.mean(drawn) if drawn else None},
        "confusion": sk.confusion_matrix(labels, said, labels=every),
    }


def regression(name, target, prediction):
    k = keras.metrics
    spread = target.var(axis=0).min() > 0
    raw = sk.r2_score(target, prediction, multioutput="raw_values")
    if spread:
        same(raw, by_keras(k.R2Score(class_aggregation=None), target, prediction))
    return {
        **{"name": name, "target": target, "prediction": prediction},
        "mse": same(
            sk.mean_squared_error(target, prediction), by_keras(k.MeanSquaredError(), target, prediction)
        ),
        "mae": same(
            sk.mean_absolute_error(target, prediction), by_keras(k.MeanAbsoluteError(), target, prediction)
        ),
        "r2": {
            "perOutput": raw,
            "uniform": sk.r2_score(target, prediction),
            "weighted": sk.r2_score(target, prediction, multioutput="variance_weighted"),
        },
    }


def shares(rows, count, spread=1.5):
    e = np.exp(coarse(random, (rows, count), spread))
    return e / e.sum(axis=1, keepdims=True)


def column(values):
    return np.asarray(values, float).reshape(-1, 1)


bits = column(random.integers(0, 2, 23))
# No share at 0.5 exactly: it would be a matter of taste which side it falls on.
guesses = np.round((0.3 + 0.4 * bits + random.normal(0, 0.25, bits.shape)).clip(0.01, 0.99) * 64)
guesses = (guesses + (guesses == 32)) / 64
labels = random.integers(0, 4, 31)
lean = shares(31, 4)
lean[np.arange(31), labels] += 0.25
lean /= lean.sum(axis=1, keepdims=True)
never = np.where(labels == 2, 1, labels)
truth = coarse(random, (17, 3), 1.0)
write(
    __file__,
    {
        "source": f"scikit-learn {sklearn.__version__}, Keras {keras.__version__}",
        "binary": [
            binary("23 examples", bits, guesses),
            binary("23 examples, another threshold", bits, guesses, 0.30),
            binary("many equal shares", bits, np.round(guesses * 4) / 4 + 1 / 16),
            binary("perfect", bits, np.where(bits > 0, 0.9, 0.2)),
            binary("always wrong", bits, np.where(bits > 0, 0.1, 0.8)),
            binary("never says yes", bits, np.full_like(bits, 0.25)),
            binary("nothing to find", np.zeros((5, 1)), column([0.25, 0.75, 0.125, 0.625, 0.375])),
            binary("one example", np.ones((1, 1)), column([0.75])),
        ],
        "classes": [
            classes("31 examples", labels, lean),
            classes("a class that never occurs", never, lean),
            classes("seven classes", random.integers(0, 7, 12), shares(12, 7)),
            classes("one example", np.array([1]), np.array([[0.5, 0.3125, 0.1875]])),
        ],
        "regression": [
            regression("close", truth, truth + coarse(random, (17, 3), 0.25)),
            regression("worse than the mean", truth, coarse(random, (17, 3), 2.0)),
            regression("one output", truth[:, :1], truth[:, :1] * 0.5),
            regression("no spread", np.full((4, 1), 0.5), column([0.5, 0.75, 0.5, 0.25])),
            regression("no spread, hit", np.full((4, 1), 0.5), np.full((4, 1), 0.5)),
        ],
    },
)
