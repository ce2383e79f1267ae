"""The classifier learns what scikit-learn's would, and nothing is lost when it is kept."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix, hstack, random
from sklearn.linear_model import LogisticRegression

from balise.engine.nlu.logistic import Model, Rows, fit


@pytest.fixture(scope="module")
def learnt() -> tuple[Rows, list[str], Model]:
    """Three hundred messages of five uneven classes, their features, and the model of them."""
    numbers = np.random.default_rng(7)
    codes = numbers.choice(5, size=300, p=[0.5, 0.2, 0.15, 0.1, 0.05])
    dense = numbers.normal(size=(300, 6)) + np.eye(5, 6)[codes]
    rows = Rows(random(300, 40, density=0.2, format="csr", random_state=7), dense)
    labels = [f"intent_{code}" for code in codes]
    return rows, labels, fit(rows, labels, most_steps=200)


def test_it_learns_what_scikit_learn_would(learnt: tuple[Rows, list[str], Model]) -> None:
    rows, labels, model = learnt
    together = csr_matrix(hstack([rows.sparse, csr_matrix(rows.dense)]))
    stock = LogisticRegression(class_weight="balanced", max_iter=200).fit(together, labels)
    assert model.classes.tolist() == stock.classes_.tolist()
    assert np.allclose(model.probabilities(rows), stock.predict_proba(together), rtol=0, atol=1e-6)


def test_each_message_is_judged_by_itself(learnt: tuple[Rows, list[str], Model]) -> None:
    rows, _, model = learnt
    likely = model.probabilities(rows)
    alone = model.probabilities(Rows(rows.sparse[3], rows.dense[3:4]))
    assert np.allclose(alone[0], likely[3])
    assert np.allclose(likely.sum(axis=1), 1)


def test_a_rare_class_counts_as_much_as_another(learnt: tuple[Rows, list[str], Model]) -> None:
    rows, labels, model = learnt
    found = model.classes[model.probabilities(rows).argmax(axis=1)]
    rare = [found[at] for at, label in enumerate(labels) if label == "intent_4"]
    assert len(rare) < 30
    assert rare.count("intent_4") / len(rare) > 0.6
