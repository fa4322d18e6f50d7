#!/usr/bin/env python3
"""Django's commands; `bin/manage` runs it in the project's environment."""

import os
import sys

from django.core.management import execute_from_command_line

from config.embedded_postgres import Unavailable

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except Unavailable as problem:
        sys.exit(str(problem))
