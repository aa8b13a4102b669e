"""The commands of `naba`, one file each; naba/command_line.py puts them together."""

from __future__ import annotations


def main() -> None:
    """Run the command line (the entry point of the installed `naba`)."""
    from naba.command_line import (
        main as command_line,
    )  # here: one command can be imported without all the others

    command_line()
