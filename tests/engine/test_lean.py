"""Rasa runs without TensorFlow, and a version of Rasa that asks for more of it is told of here."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.machinery import PathFinder
from types import ModuleType

import pytest
from rasa.engine.recipes.recipe import Recipe
from rasa.shared.exceptions import InvalidConfigException

from balise.engine.lean import LEFT_OUT, LeftOut, make_lean
from balise.engine.training import train
from balise.plan.catalogue import ROOT
from balise.yaml_files import read_yaml

HEAVY = ("tensorflow", "keras", "jax", "transformers", "matplotlib", "skops")
TOLD = f"print(*sorted(set({HEAVY}) & set(sys.modules)))"

SERVING = f"""
import asyncio, pathlib, sys
from balise.environment import quiet
quiet()
import balise.engine.server
from balise.engine.guide import Guide
guide = Guide.load(pathlib.Path(sys.argv[1]))
asyncio.run(guide.warm_up())
{TOLD}
"""
TRAINING = f"""
import sys
from balise.environment import quiet
quiet()
import balise.engine.training, rasa.model_training
import rasa.graph_components.validators.default_recipe_validator
from rasa.engine.recipes.recipe import Recipe
from balise.plan.catalogue import ROOT
from balise.yaml_files import read_yaml
Recipe.recipe_for_name("default.v1").graph_config_for_recipe(read_yaml(ROOT / "config.yml"), {{}})
{TOLD}
"""


def _heavy(program: str, *arguments: str) -> str:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300).stdout.strip()


def test_a_process_that_answers_has_imported_none_of_it() -> None:
    assert _heavy(SERVING, str(train())) == ""


def test_a_process_that_trains_has_imported_none_of_it() -> None:
    assert _heavy(TRAINING) == ""


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_left_out_still_stands_in_rasa(name: str) -> None:
    parent = __import__(name.rpartition(".")[0], fromlist=["__path__"])
    spec = PathFinder.find_spec(name, parent.__path__)
    assert spec is not None
    assert spec.origin is not None
    with open(spec.origin, encoding="utf-8") as file:
        body = ast.parse(file.read()).body
    defined = {node.name for node in body if isinstance(node, ast.ClassDef)}
    assigned = {
        at.id for node in body if isinstance(node, ast.Assign) for at in node.targets if isinstance(at, ast.Name)
    }
    assert set(LEFT_OUT[name]) <= defined | assigned


@pytest.mark.parametrize("name", ["DIETClassifier", "rasa.nlu.classifiers.diet_classifier.DIETClassifier"])
def test_a_component_that_is_left_out_is_refused_by_name(name: str) -> None:
    config = {**read_yaml(ROOT / "config.yml"), "pipeline": [{"name": name}]}
    with pytest.raises(InvalidConfigException, match=name):
        Recipe.recipe_for_name("default.v1").graph_config_for_recipe(config, {})


def test_it_is_too_late_once_rasa_has_loaded_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", [finder for finder in sys.meta_path if not isinstance(finder, LeftOut)])
    name = "rasa.nlu.classifiers.diet_classifier"
    monkeypatch.setitem(sys.modules, name, ModuleType(name))
    with pytest.raises(RuntimeError, match=name):
        make_lean()
