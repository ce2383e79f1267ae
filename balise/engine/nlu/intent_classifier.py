"""How likely each intent is, from the features that stand before it in config.yml."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from balise.engine.nlu.logistic import Model, Rows, fit

_FILE = "weights.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LogisticClassifier(IntentClassifier, GraphComponent):
    """Ranks every intent of the training examples by multinomial logistic regression.

    Rasa's LogisticRegressionClassifier gives the same probabilities. It takes twice as long to train (`logistic`), and
    reads its weights with skops, which imports the whole of scikit-learn at each start. Here they are plain arrays.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"max_iter": 200}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Model | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LogisticClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LogisticClassifier:
        with model_storage.read_from(resource) as folder, np.load(folder / _FILE) as file:
            return cls(config, model_storage, resource, Model(**file))

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        pass

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples that have an intent, and keep the weights."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        intents = [example.get(INTENT) for example in examples]
        self._model = fit(_rows(examples), intents, most_steps=self._config["max_iter"])
        with self._storage.write_to(self._resource) as folder:
            np.savez(folder / _FILE, **asdict(self._model))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add to each message its likeliest intent, and all intents by falling probability."""
        if self._model is None or not messages:
            return messages
        for message, likely in zip(messages, self._model.probabilities(_rows(messages)), strict=True):
            order = np.argsort(-likely, kind="stable")
            ranking = [{"name": str(self._model.classes[at]), "confidence": float(likely[at])} for at in order]
            message.set("intent", ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def _rows(messages: list[Message]) -> Rows:
    """The features of whole messages; those of single words, which Rasa hands first, are not used."""
    sparse = [message.get_sparse_features(TEXT)[1].features for message in messages]
    dense = [message.get_dense_features(TEXT)[1].features for message in messages]
    return Rows(csr_matrix(vstack(sparse)), np.vstack(dense).astype(np.float64))
