"""The commands of `naba`, one file each; naba/cli.py puts them together."""
