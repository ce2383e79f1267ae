"""Rasa without its deep learning: TensorFlow is never imported, in training nor in serving.

Written against Rasa 3.6.21, which imports TensorFlow whatever config.yml names: twelve seconds of processor and 350 MB
at every start (docs/performance.md). Nothing that this guide runs calls it. Rasa's files stay as they are: at the
import, a module that needs TensorFlow is replaced by empty classes of the same names. They are

- the helpers of neural training, which `rasa.utils.train_utils` imports beside what every extractor may use;
- the components that the check of config.yml (`default_recipe_validator`) knows by name, to ask whether ours are of
  their kind: nothing can be an instance of an empty class. Rasa refuses one that config.yml names;
- the list of all components of Rasa, which lets config.yml name them in short. It is empty: config.yml names each
  component by its whole path;
- the figures of Rasa's evaluations, which need matplotlib.

`tests/engine/test_lean.py` fails where another version of Rasa relies on more than these names.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


def _empty(*names: str) -> dict[str, Any]:
    return {name: type(name, (), {}) for name in names}


LEFT_OUT: dict[str, dict[str, Any]] = {
    "rasa.utils.tensorflow.callback": _empty("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": _empty("RasaBatchDataGenerator"),
    "rasa.nlu.classifiers.diet_classifier": _empty("DIETClassifier"),
    "rasa.nlu.selectors.response_selector": _empty("ResponseSelector"),
    "rasa.nlu.extractors.crf_entity_extractor": _empty("CRFEntityExtractor", "CRFEntityExtractorOptions"),
    "rasa.core.policies.ted_policy": _empty("TEDPolicy"),
    "rasa.engine.recipes.default_components": {"DEFAULT_COMPONENTS": []},
    "rasa.utils.plotting": {},
}
"""The modules never loaded, each with all that stands in its place."""


class LeftOut(MetaPathFinder, Loader):
    """Finds the modules of `LEFT_OUT`, and no other."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if fullname in LEFT_OUT else None

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(LEFT_OUT[module.__name__])


def make_lean() -> None:
    """From now on this process imports Rasa without TensorFlow. A second call changes nothing.

    Raises RuntimeError where one of these modules has been imported already.
    """
    if any(isinstance(finder, LeftOut) for finder in sys.meta_path):
        return
    if early := sorted(LEFT_OUT.keys() & sys.modules.keys()):
        raise RuntimeError(f"imported before balise.engine: {', '.join(early)}")
    sys.meta_path.insert(0, LeftOut())
