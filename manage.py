#!/usr/bin/env python3
"""Django's own commands (makemigrations …) with the installation's database running."""

import sys

from makegood.config import database

if __name__ == "__main__":
    with database.available():
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
