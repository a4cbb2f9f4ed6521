"""Files that people write by hand, read into typed tables; every mistake is reported with its file and key."""

from assistant.config.loader import BesideFile, Table, load, parse
from assistant.config.settings import own_settings_file, read_settings, settings_file
from assistant.config.toml import parse_toml

__all__ = ["BesideFile", "Table", "load", "own_settings_file", "parse", "parse_toml", "read_settings", "settings_file"]
