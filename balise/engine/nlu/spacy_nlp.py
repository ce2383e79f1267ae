"""fr_core_news_md, loaded once a process and without the pipes that no component uses."""

from __future__ import annotations

from functools import lru_cache

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.nlu.utils.spacy_utils import SpacyNLP as StockSpacyNLP

_UNUSED_PIPES = ["tok2vec", "morphologizer", "parser", "senter", "attribute_ruler", "lemmatizer", "ner"]


@lru_cache(maxsize=1)
def _load(name: str) -> SpacyModel:
    return SpacyModel(model=spacy.load(name, exclude=_UNUSED_PIPES), model_name=name)


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(StockSpacyNLP):
    """Rasa's SpacyNLP loads the model twice, once for each node of its graph; here both share it.

    The name must stay SpacyNLP: the recipe looks the model provider up by it.
    """

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        return _load(spacy_model_name)
