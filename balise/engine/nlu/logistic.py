"""Multinomial logistic regression over sparse and dense features side by side.

What is minimised, the optimiser and its stopping rule are those of scikit-learn's LogisticRegression with balanced
classes and C = 1, and so are the weights (tests/engine/test_logistic.py). Scikit-learn takes one matrix: as a sparse
one, the dense columns make its training 2.4 times as long; as a dense one, it needs 5 GB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax, softmax

Floats = NDArray[np.float64]
TOLERANCE = 1e-4
"""The largest slope at which the optimum is taken as found."""


@dataclass(frozen=True)
class Rows:
    """The features of some messages, a row each."""

    sparse: csr_matrix
    dense: Floats


@dataclass(frozen=True)
class Model:
    """What was learnt. `classes` are sorted; weights have a row a feature and a column a class."""

    classes: NDArray[np.str_]
    sparse: Floats
    dense: Floats
    constant: Floats

    def scores(self, rows: Rows) -> Floats:
        """The logarithm of each class's odds, up to a constant for each message: a row a message."""
        scores: Floats = rows.sparse @ self.sparse
        scores += rows.dense @ self.dense
        scores += self.constant
        return scores

    def probabilities(self, rows: Rows) -> Floats:
        """How likely each class is, from 0 to 1, in the order of `classes`: a row a message."""
        likely: Floats = softmax(self.scores(rows), axis=1)
        return likely


def fit(rows: Rows, labels: Sequence[str], most_steps: int) -> Model:
    """Learn from messages and the class of each. Stops after `most_steps` steps where the optimum is not reached."""
    classes, codes = np.unique(np.asarray(labels), return_inverse=True)
    count, kinds = len(codes), len(classes)
    # Each class counts as much as any other, however many examples it has.
    weights = (count / (kinds * np.bincount(codes)))[codes]
    wanted = np.eye(kinds)[codes]
    transposed = rows.sparse.T.tocsr()
    sparse, dense = rows.sparse.shape[1], rows.dense.shape[1]

    def model(parameters: Floats) -> Model:
        table = parameters.reshape(sparse + dense + 1, kinds)
        return Model(classes, table[:sparse], table[sparse:-1], table[-1])

    def loss(parameters: Floats) -> tuple[float, Floats]:
        now = model(parameters)
        logs = log_softmax(now.scores(rows), axis=1)
        off = (np.exp(logs) - wanted) * weights[:, np.newaxis]
        slope = np.empty((sparse + dense + 1, kinds))
        slope[:sparse] = transposed @ off + now.sparse
        slope[sparse:-1] = rows.dense.T @ off + now.dense
        slope[-1] = off.sum(axis=0)
        size = np.square(now.sparse).sum() + np.square(now.dense).sum()
        return float(size / 2 - weights @ logs[np.arange(count), codes]), slope.ravel()

    start = np.zeros((sparse + dense + 1) * kinds)
    options = {"gtol": TOLERANCE, "maxiter": most_steps}
    return model(minimize(loss, start, method="L-BFGS-B", jac=True, options=options).x)
