"""TF-IDF of words and of character n-grams: what survives typing errors and text-message spelling."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import DENSE_FEATURIZABLE_ATTRIBUTES
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from balise.plan import words
from balise.plan.words import plain

assert TEXT in DENSE_FEATURIZABLE_ATTRIBUTES
_FILE = "vectorizers.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class TfidfFeaturizer(SparseFeaturizer, GraphComponent):
    """Sparse sentence features of the folded message (`balise.plan.words.plain`).

    Rasa's CountVectorsFeaturizer counts; sublinear TF-IDF of characters and words together gave more on our
    held-out set (docs/nlu.md). `weight` multiplies the features, which for the linear classifier that follows is
    the same as a weaker regularisation.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {
            **SparseFeaturizer.get_default_config(),
            "characters": [2, 4],
            "words": [1, 2],
            "min_df": 2,
            "weight": 3.2,
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, name: str) -> None:
        super().__init__(name, config)
        self._storage = storage
        self._resource = resource
        self._vectorizers: list[TfidfVectorizer] = []

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TfidfFeaturizer:
        return cls(config, model_storage, resource, execution_context.node_name)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TfidfFeaturizer:
        featurizer = cls.create(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as folder:
            learnt = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        for vectorizer, kept in zip(featurizer._untrained(), learnt, strict=True):
            vectorizer.vocabulary = kept["terms"]
            vectorizer.idf_ = np.array(kept["idf"])
            featurizer._vectorizers.append(vectorizer)
        return featurizer

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        pass

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """How words are folded is part of what is learnt: a change there trains again."""
        return hashlib.sha256(Path(words.__file__).read_bytes()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabularies from the training examples."""
        texts = [plain(message.get(TEXT, "")) for message in training_data.nlu_examples]
        self._vectorizers = [vectorizer.fit(texts) for vectorizer in self._untrained()]
        learnt = [
            {"terms": vectorizer.get_feature_names_out().tolist(), "idf": vectorizer.idf_.tolist()}
            for vectorizer in self._vectorizers
        ]
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(learnt, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def _untrained(self) -> list[TfidfVectorizer]:
        """The vectorizers as config.yml wants them, which have seen no example: of characters, and of words."""
        spans = {"char_wb": self._config["characters"], "word": self._config["words"]}
        return [
            TfidfVectorizer(analyzer=unit, ngram_range=tuple(span), sublinear_tf=True, min_df=self._config["min_df"])
            for unit, span in spans.items()
        ]

    def _add(self, messages: list[Message]) -> None:
        said = [message for message in messages if message.get(TEXT)]
        if not said:
            return
        texts = [plain(message.get(TEXT)) for message in said]
        rows = csr_matrix(hstack([vectorizer.transform(texts) for vectorizer in self._vectorizers]))
        rows = rows * self._config["weight"]
        for index, message in enumerate(said):
            features = rows.getrow(index).tocoo()
            message.add_features(Features(features, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the features to incoming messages."""
        self._add(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the features to the training examples."""
        self._add(training_data.training_examples)
        return training_data
