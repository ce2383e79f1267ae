"""Custom actions in the same process as Rasa: an endpoint that calls the SDK's executor instead of HTTP.

`rasa run actions` still works with the same `actions/` package; this removes a process, a port and a copy of every
answer on the loopback.
"""

from __future__ import annotations

from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor


class InProcessActions(EndpointConfig):
    """An action endpoint without a network."""

    def __init__(self, package: str = "actions") -> None:
        """Register every action of `package`."""
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """Run the action named in the call's JSON body and return the SDK's answer (events and responses)."""
        return await self._executor.run(kwargs["json"])
