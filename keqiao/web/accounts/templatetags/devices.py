"""Device and network of a log-in, for pages."""

from django import template

from keqiao.web.accounts import devices

register = template.Library()
register.filter("device", devices.device_of)
register.filter("network", devices.network_of)
