"""The web application as granian loads it."""

import os

from django.core.wsgi import get_wsgi_application

from makegood.config import settled

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.config.settings")
application = get_wsgi_application()
settled.down()
