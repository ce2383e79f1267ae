"""Opening an encrypted attachment, as a messenger does."""

from __future__ import annotations

from typing import Any

import aiohttp
from nio.crypto.attachments import decrypt_attachment

from tests.worker import Worker


async def opened(worker: Worker, file: dict[str, Any]) -> tuple[bytes, bytes]:
    """What the homeserver holds of an attachment, and what its receiver reads."""
    server, _, media = file["url"].removeprefix("mxc://").partition("/")
    address = f"{worker.settings.homeserver}/_matrix/client/v1/media/download/{server}/{media}"
    async with (
        aiohttp.ClientSession() as http,
        http.get(address, headers={"Authorization": f"Bearer {worker.token}"}) as answer,
    ):
        sealed = await answer.read()
    return sealed, decrypt_attachment(sealed, file["key"]["k"], file["hashes"]["sha256"], file["iv"])
