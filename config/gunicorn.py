"""How gunicorn serves the site; bin/serve starts it so. WEB_CONCURRENCY says how many workers."""

import gc
import os

wsgi_app = "config.wsgi:application"
host = os.environ.get("HOST", "127.0.0.1")
bind = f"{f'[{host}]' if ':' in host else host}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True  # loaded once and shared; and Ctrl-C never meets a worker in the middle of its imports
graceful_timeout = 10
loglevel = "warning"  # requests are logged by structlog


def pre_fork(server, worker):
    """What is loaded stays: the garbage collector need not look at it again, and workers go on sharing it."""
    gc.freeze()


def when_ready(server):
    """Print what bin/serve has to say, now that the address answers."""
    print(os.environ.pop("KINOPOST_WELCOME", ""), flush=True)
