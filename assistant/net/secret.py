"""Passwords and tokens: from the environment or the key ring, never from a file of ours."""

from __future__ import annotations

import os
from dataclasses import dataclass

from assistant.errors import NetworkError
from assistant.net.deadline import run_with_timeout

SERVICE = "voice-review-assistant"
"""Our name in the key ring."""

_KEY_RING_S = 10.0
"""A locked key ring asks for its password, and on a machine without a screen it would wait for ever."""


class SecretError(NetworkError):
    """A secret is missing, can't be read or isn't valid."""

    code = "secret"


@dataclass(frozen=True, slots=True)
class Secret:
    """Where to find a secret; not the secret itself.

    Attributes
    ----------
    name : str
        Its name in the key ring: the outlet's name.
    variable : str
        The environment variable, which takes precedence.
    what : str
        What it is, for errors: "the token of NeoDB".
    """

    name: str
    variable: str
    what: str

    def find(self) -> str:
        """Look up the secret.

        Raises
        ------
        SecretError
            If it's in neither place, can't be read or isn't valid.
        """
        found = (os.environ.get(self.variable) or self._in_key_ring() or "").strip()
        if not found:
            raise SecretError(
                f"{self.what[0].upper()}{self.what[1:]} is missing. Put it into the environment variable "
                f"{self.variable}, or into the key ring with “keyring set {SERVICE} {self.name}” "
                "(pip install 'voice-review-assistant[keyring]')."
            )
        return check_secret(found, self.what)

    def _in_key_ring(self) -> str | None:
        try:
            import keyring
            import keyring.errors
        except ImportError:
            return None
        try:
            return run_with_timeout(_KEY_RING_S, lambda: keyring.get_password(SERVICE, self.name))
        except TimeoutError:
            raise SecretError(
                f"The key ring didn't give {self.what} within {_KEY_RING_S:g} s; it may be locked. "
                f"Unlock it, or put the secret into the environment variable {self.variable}."
            ) from None
        except keyring.errors.NoKeyringError:
            return None  # as on most machines without a desktop
        except keyring.errors.KeyringError as error:
            raise SecretError(
                f"The key ring doesn't give {self.what} ({type(error).__name__}). "
                f"Unlock it, or put the secret into the environment variable {self.variable}."
            ) from None


def check_secret(secret: str, what: str) -> str:
    """Return the secret, if all its characters are allowed in a header.

    Parameters
    ----------
    secret : str
    what : str
        What it is, for errors: "the token of NeoDB".

    Raises
    ------
    SecretError
        If it has other characters.
    """
    if not (secret.isascii() and secret.isprintable()):
        raise SecretError(f"{what[0].upper()}{what[1:]} has characters that it can't have. Set it again.")
    return secret
