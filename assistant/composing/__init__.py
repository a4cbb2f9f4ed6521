"""Composers outside the program: a language model of the person's own, if they have one."""
