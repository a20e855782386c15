"""Fisher's irises as scikit-learn hands them out: sepal length and width, petal length and width in cm, and the species
(0 setosa, 1 versicolor, 2 virginica). Two rows of the widely copied UCI file differ from Fisher's table; these are his."""

from sklearn.datasets import load_iris

from _golden import write

iris = load_iris()
write(
    __file__,
    {
        "features": iris.feature_names,
        "classes": [str(name) for name in iris.target_names],
        "x": iris.data.tolist(),
        "y": iris.target.tolist(),
    },
)
