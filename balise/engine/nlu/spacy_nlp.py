"""Rasa's SpacyNLP over the language model that the whole process shares."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyModel
from rasa.nlu.utils.spacy_utils import SpacyNLP as StockSpacyNLP

from balise.errors import OperatorError
from balise.language import NAME, load_language


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MODEL_LOADER, DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER],
    is_trainable=False,
    model_from="SpacyNLP",
)
class SpacyNLP(StockSpacyNLP):
    """Rasa's SpacyNLP loads the model twice, once for each node of its graph; here both share it.

    The name must stay SpacyNLP: the recipe looks the model provider up by it. Raises ValueError for another model.
    """

    @staticmethod
    def load_model(spacy_model_name: str) -> SpacyModel:
        if spacy_model_name != NAME:
            raise OperatorError(f"config.yml: SpacyNLP's model must be {NAME}.")
        return SpacyModel(model=load_language(), model_name=NAME)
