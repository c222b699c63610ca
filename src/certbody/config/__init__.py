"""Django's settings, URLs and WSGI entry."""
