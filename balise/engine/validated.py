"""What cannot have changed is not validated again.

Written against Rasa 3.6.21, which

- checks, at each call of an action, that its own schema of the answer is a valid schema: 83 % of the processor's time
  in a turn. Here the schema is checked once, and the answer still is at each call of an action server. What the SDK
  makes in this process is checked in the tests, at every turn (tests/conftest.py);
- checks the domain of a trained model against the schema of domains at each start, and reads its YAML four times for
  it: 3 seconds. That domain was checked when the model was trained, and Rasa wrote the file itself. Here it is read
  once.

`tests/engine/test_validated.py` fails where another version of Rasa does it otherwise.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from rasa.core.actions.action import RemoteAction
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.graph_components.providers.domain_provider import DomainProvider
from rasa.shared.core.domain import Domain
from rasa.shared.utils.io import read_yaml

from balise.engine.inprocess import InProcessActions


@lru_cache(maxsize=1)
def answer_validator() -> Validator:
    """Rasa's schema of what an action answers, checked."""
    schema = RemoteAction.action_response_format_spec()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _validate_answer(self: RemoteAction, result: dict[str, Any]) -> bool:
    """In place of `RemoteAction._validate_action_result`. Raises ValidationError."""
    if not isinstance(self.action_endpoint, InProcessActions):
        answer_validator().validate(result)
    return True


def _load_domain(
    cls: type[DomainProvider],
    /,
    config: dict[str, Any],
    model_storage: ModelStorage,
    resource: Resource,
    execution_context: ExecutionContext,
    **kwargs: Any,
) -> DomainProvider:
    """In place of `DomainProvider.load`."""
    with model_storage.read_from(resource) as folder:
        domain = Domain.from_dict(read_yaml((folder / "domain.yml").read_text(encoding="utf-8")))
    return cls(model_storage, resource, domain)


def validate_once() -> None:
    """From now on this process validates only what can have changed. A second call changes nothing."""
    RemoteAction._validate_action_result = _validate_answer
    DomainProvider.load = classmethod(_load_domain)
