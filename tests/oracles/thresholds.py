"""Writes thresholds.json: ROC and precision-recall curves of two classes, by scikit-learn.

Run: npm run oracles -- thresholds
"""

from _golden import coarse, np, write
import sklearn
from sklearn import metrics as sk

random = np.random.default_rng(20240611)


def curve(name, truth, scores):
    truth, scores = np.asarray(truth), np.asarray(scores, float)
    false, true, thresholds = sk.roc_curve(truth, scores, drop_intermediate=False)
    precision, recall, _ = sk.precision_recall_curve(truth, scores)
    return {
        **{"name": name, "truth": truth, "scores": scores},
        **{"falsePositive": false, "truePositive": true, "thresholds": thresholds[1:]},
        # From the threshold that calls nothing positive on, as the ROC curve.
        **{"precision": precision[::-1], "recall": recall[::-1]},
        "area": sk.roc_auc_score(truth, scores),
        "averagePrecision": sk.average_precision_score(truth, scores),
    }


truth = random.integers(0, 2, 40)
ties = np.round(np.clip(0.3 + 0.4 * truth + random.normal(0, 0.3, 40), 0, 1) * 8) / 8
write(
    __file__,
    {
        "source": f"scikit-learn {sklearn.__version__}",
        "cases": [
            curve("by hand", [0, 0, 1, 1], [0.125, 0.5, 0.375, 0.75]),
            curve("ties", truth, ties),
            curve("all alike", [0, 1, 1], [0.5, 0.5, 0.5]),
            curve("upside down", [1, 1, 0, 0, 0], [0.125, 0.25, 0.5, 0.75, 1]),
            curve("no ties", random.integers(0, 2, 25), coarse(random, (25,), 1.0)),
        ],
    },
)
