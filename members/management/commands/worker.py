"""bin/manage worker"""

import os
import signal
import threading
import time

import structlog
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

POLL_SECONDS = 0.5
PATIENCE_SECONDS = 15  # for jobs in hand, once the parent is gone


class Command(BaseCommand):
    help = "Carry out jobs, and what is due by the clock, until stopped. Any number may run, on any machine."

    def add_arguments(self, parser):
        parser.add_argument("--parent", type=int, help="Stop when this process, our parent, is gone.")

    def handle(self, *, parent, **options):
        if parent:
            threading.Thread(target=_end_with, args=[parent], daemon=True).start()
        log = structlog.get_logger("kinopost.worker")
        log.info("worker_started")
        with app.replace_connector(app.connector.get_worker_connector()):
            app.run_worker()
        log.info("worker_stopped")


def _end_with(parent):
    """Nobody would stop a worker whose parent was killed. It stops itself, by force if a job does not end."""
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os._exit(1)
