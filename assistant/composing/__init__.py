"""Composers outside the program: a language model of the person's own, if they have one."""

from assistant.composing.endpoint import ComposerError, Endpoint
from assistant.composing.settings import read_composer

__all__ = ["ComposerError", "Endpoint", "read_composer"]
