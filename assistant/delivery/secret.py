"""Passwords and tokens: from the environment or the key ring, never from a file of ours."""

from __future__ import annotations

import os
from dataclasses import dataclass

from assistant.delivery.web import run_with_timeout
from assistant.errors import DeliveryError

SERVICE = "voice-review-assistant"
"""The name that the key ring has us under."""

_KEY_RING_S = 10.0
"""A locked key ring asks for its password, and on a machine without a screen would wait for it for ever."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is to be found; not the secret itself.

    Attributes
    ----------
    name : str
        What the key ring calls it: the outlet's name.
    variable : str
        The environment variable, which counts more.
    what : str
        What it is, for errors: "the token of NeoDB".
    """

    name: str
    variable: str
    what: str

    def find(self) -> str:
        """The secret.

        Raises
        ------
        DeliveryError
            Where it's in neither place.
        """
        found = os.environ.get(self.variable) or self._in_key_ring()
        if not found or not found.strip():
            raise DeliveryError(
                f"{self.what[0].upper()}{self.what[1:]} is missing. Put it into the environment variable "
                f"{self.variable}, or into the key ring with “keyring set {SERVICE} {self.name}” "
                "(pip install 'voice-review-assistant[keyring]')."
            )
        found = found.strip()
        if not (found.isascii() and found.isprintable()):
            raise DeliveryError(
                f"{self.what[0].upper()}{self.what[1:]} has characters that it can't have. Set it anew."
            )
        return found

    def _in_key_ring(self) -> str | None:
        try:
            import keyring
            import keyring.errors
        except ImportError:
            return None
        try:
            return run_with_timeout(_KEY_RING_S, lambda: keyring.get_password(SERVICE, self.name))
        except TimeoutError:
            raise DeliveryError(
                f"The key ring didn't give {self.what} within {_KEY_RING_S:g} s; it may be locked. "
                f"Unlock it, or put the secret into the environment variable {self.variable}."
            ) from None
        except keyring.errors.NoKeyringError:
            return None  # as on most machines without a desktop
        except keyring.errors.KeyringError as error:
            raise DeliveryError(
                f"The key ring doesn't give {self.what} ({type(error).__name__}). "
                f"Unlock it, or put the secret into the environment variable {self.variable}."
            ) from None
