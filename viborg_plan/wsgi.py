"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viborg_plan.settings")
application = get_wsgi_application()
# All pages are loaded before the first is asked for, so that a worker in a killed one's place answers at once.
_ = get_resolver().url_patterns
