"""The commands of `naba`, one file each; naba/cli.py puts them together."""

from __future__ import annotations


def main() -> None:
    """Run the command line (the entry point of the installed `naba`)."""
    # Here, so that one command can be imported without all the others.
    from naba.cli import main as command_line

    command_line()
