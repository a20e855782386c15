"""Points of the plane as scikit-learn makes them without noise, in its order before shuffling: make_moons and
make_circles for even and odd numbers of points."""

from sklearn.datasets import make_circles, make_moons

from _golden import write


def rows(made):
    x, y = made
    return {"x": x, "y": y}


write(
    __file__,
    {
        "moons": {str(n): rows(make_moons(n, shuffle=False)) for n in (10, 11, 50)},
        "circles": {
            str(n): {str(factor): rows(make_circles(n, shuffle=False, factor=factor)) for factor in (0.5, 0.8)}
            for n in (10, 11, 50)
        },
    },
)
