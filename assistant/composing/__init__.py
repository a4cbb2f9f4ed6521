"""Composers outside the program: the person's own language model, if they have one."""

from assistant.composing.composer import Composer, Task, compose_with
from assistant.composing.endpoint import ComposerError, Endpoint, read_composer

__all__ = ["Composer", "ComposerError", "Endpoint", "Task", "compose_with", "read_composer"]
