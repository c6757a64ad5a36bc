"""The web application as granian loads it."""

import os
import threading

from django.core.wsgi import get_wsgi_application

from makegood.config import settled
from makegood.engine import warming

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "makegood.config.settings")
application = get_wsgi_application()
settled.down()
threading.Thread(target=warming.warm, name="warming", daemon=True).start()  # the first question of availability waits for no kernel
