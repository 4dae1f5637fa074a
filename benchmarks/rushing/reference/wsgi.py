"""What the server loads."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

get_wsgi_application()  # allauth begins only where its middleware is named …
settings.MIDDLEWARE.clear()  # … which the reference does without
application = get_wsgi_application()
