"""A browser's window that can really be hidden. Playwright keeps its pages visible, whatever their window does."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import websockets


class Window:
    """One page in one window of its own browser, over the DevTools protocol. Use it as an asynchronous context."""

    def __init__(self, chromium: str, arguments: list[str], profile: Path, address: str) -> None:
        self._started = [chromium, "--headless=new", *arguments, f"--user-data-dir={profile}"]
        self._address = address
        self._count = 0

    async def __aenter__(self) -> Window:
        self._process = subprocess.Popen(
            [*self._started, "--remote-debugging-port=0", self._address], stderr=subprocess.PIPE, text=True
        )
        assert self._process.stderr
        for line in self._process.stderr:
            if found := re.search(r"ws://\S+", line):
                break
        self._socket = await websockets.connect(found[0], max_size=None)  # type: ignore[index,attr-defined]
        targets = (await self._send("Target.getTargets"))["targetInfos"]
        self._target = next(target["targetId"] for target in targets if target["type"] == "page")
        attached = await self._send("Target.attachToTarget", targetId=self._target, flatten=True)
        self._session = attached["sessionId"]
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self._socket.close()
        self._process.terminate()
        self._process.wait(timeout=30)

    async def _send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        self._count += 1
        request = {"id": self._count, "method": method, "params": parameters}
        await self._socket.send(json.dumps(request | ({"sessionId": session} if session else {})))
        while True:
            answer = json.loads(await self._socket.recv())
            if answer.get("id") == self._count:
                return dict(answer["result"])

    async def becomes(self, state: str) -> None:
        """`minimized` or `normal`."""
        window = await self._send("Browser.getWindowForTarget", targetId=self._target)
        await self._send("Browser.setWindowBounds", windowId=window["windowId"], bounds={"windowState": state})

    async def tells(self, expression: str) -> Any:
        """The value of an expression in the page."""
        told = await self._send("Runtime.evaluate", self._session, expression=expression, returnByValue=True)
        return told["result"].get("value")

    async def until(self, expression: str) -> None:
        """Wait until an expression is true in the page."""
        for _ in range(150):
            if await self.tells(expression):
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"it never came: {expression}")
