# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.device import Device


class DeviceApi:
    """The services of `device`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of device: get_device, list_devices>"

    def get_device(self, name: str) -> Device:
        """List one device with all details

        List one device with all details. Which of its names is asked for is not published.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: path; shape assumed).

        Args:
            name (str): The device's name.

        Returns:
            Device
        """

        from .get_device import sync as _call

        return _call(name, client=self._client)

    def list_devices(self) -> list[Device]:
        """List all devices

        List all devices. The shape of the list (an array of devices) is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: path; shape assumed).

        Returns:
            list[Device]
        """

        from .list_devices import sync as _call

        return _call(client=self._client)


class AsyncDeviceApi:
    """The services of `device`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of device: get_device, list_devices>"

    async def get_device(self, name: str) -> Device:
        """List one device with all details

        List one device with all details. Which of its names is asked for is not published.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: path; shape assumed).

        Args:
            name (str): The device's name.

        Returns:
            Device
        """

        from .get_device import asyncio as _call

        return await _call(name, client=self._client)

    async def list_devices(self) -> list[Device]:
        """List all devices

        List all devices. The shape of the list (an array of devices) is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: path; shape assumed).

        Returns:
            list[Device]
        """

        from .list_devices import asyncio as _call

        return await _call(client=self._client)
