"""What gunicorn serves: Django, and in front of it what answers from kept pages."""

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
application = import_string("catalogue.front.Front")(application)  # by name: it reads the settings Django now has
