"""Writes baselines.json: how far scikit-learn's linear models get on small data, without a penalty.

Run: npm run oracles -- baselines
"""

from _golden import coarse, np, write
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression

random = np.random.default_rng(7)
x = coarse(random, (120, 4))
overlap = coarse(random, (120,), 1.0)
classes = np.digitize(x[:, 0] - 0.5 * x[:, 1] + overlap, [-0.6, 0.7])
numbers = np.round((2 * x[:, 0] - x[:, 2] + 0.5 * overlap + 3) * 256) / 256
train, new = np.arange(80), np.arange(80, 120)
logistic = LogisticRegression(C=np.inf, max_iter=5000).fit(x[train], classes[train])
line = LinearRegression().fit(x[train], numbers[train])
write(
    __file__,
    {
        "source": f"scikit-learn {sklearn.__version__}",
        "x": x,
        "classes": classes,
        "numbers": numbers,
        "train": 80,
        "accuracy": logistic.score(x[new], classes[new]),
        "error": float(np.mean((line.predict(x[new]) - numbers[new]) ** 2)),
        "mean_error": float(np.mean((numbers[train].mean() - numbers[new]) ** 2)),
    },
)
