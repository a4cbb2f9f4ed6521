"""Files that people write by hand, read into typed tables; every mistake is reported with its file and key."""

from assistant.config.loader import BesideFile, Table, load, parse, parse_toml
from assistant.config.settings import own_settings_file, read_settings, settings_file

__all__ = ["BesideFile", "Table", "load", "own_settings_file", "parse", "parse_toml", "read_settings", "settings_file"]
