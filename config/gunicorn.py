"""How gunicorn serves the site; bin/serve starts it so. WEB_CONCURRENCY says how many workers."""

import gc
import os
import sys

wsgi_app = "config.wsgi:application"
host = os.environ.get("HOST", "127.0.0.1")
bind = f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True  # loaded once and shared; and Ctrl-C never meets a worker in the middle of its imports
graceful_timeout = 10
TURN = 0.0005  # seconds
loglevel = "warning"  # requests are logged by structlog


def on_starting(server):
    """Read the list of titles once for all workers; they share it until a title changes, and a page of it."""
    from django.db import DatabaseError, connections

    from catalogue.browse import fresh

    try:
        fresh.current()
    except DatabaseError as error:
        server.log.warning("The list of titles is read when it is first asked for: %s", error)
    connections.close_all()  # a worker must not talk over a connection that another one has too


def pre_fork(server, worker):
    """What is loaded stays: the garbage collector need not look at it again, and workers go on sharing it."""
    gc.freeze()


def post_fork(server, worker):
    """Threads take turns ten times as often as Python lets them.

    One that draws a page would else hold up one that asks the database for 5 ms at each answer: a scan at the desk asks
    some thirty times.
    """
    sys.setswitchinterval(TURN)


def when_ready(server):
    """Print what bin/serve has to say, now that the address answers."""
    print(os.environ.pop("KINOPOST_WELCOME", ""), flush=True)
