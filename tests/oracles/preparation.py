"""What scikit-learn makes of the columns of a small table, fitted to some of its rows: `npm run oracles -- preparation`."""

import numpy as np
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.pipeline import make_pipeline

from _golden import write

NAN = float("nan")
AGE = [22.0, 38.0, NAN, 35.0, 35.0, NAN, 54.0, 2.0, 27.0, 14.0]
FARE = [7.25, 71.2833, 7.925, 53.1, 8.05, 8.4583, 51.8625, 21.075, 11.1333, 30.0708]
PORT = ["S", "C", "S", "S", "S", "Q", "S", "S", "T", "C"]
TRAIN = [0, 1, 2, 3, 4, 6, 7]


def column(values):
    return np.array(values, dtype=object if isinstance(values[0], str) else float).reshape(-1, 1)


def prepared(values, *steps):
    pipeline = make_pipeline(*steps)
    pipeline.fit(column(values)[TRAIN])
    return np.asarray(pipeline.transform(column(values))).astype(float).tolist()


def impute(strategy):
    return SimpleImputer(strategy=strategy)


# Categories that no training row has: scikit-learn leaves them out where it finds the categories itself.
found = OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(column(PORT)[TRAIN])

write(
    __file__,
    {
        "age": [None if np.isnan(a) else a for a in AGE],
        "fare": FARE,
        "port": PORT,
        "train": TRAIN,
        "medianStandardise": prepared(AGE, impute("median"), StandardScaler()),
        "meanMinMax": prepared(AGE, impute("mean"), MinMaxScaler()),
        "commonestStandardise": prepared(AGE, impute("most_frequent"), StandardScaler()),
        "fareStandardise": prepared(FARE, StandardScaler()),
        "port_found": found.categories_[0].tolist(),
        "port_encoded": np.asarray(found.transform(column(PORT))).tolist(),
    },
)
