"""Tags and filters for the versions of a draft."""

from django import template

from keqiao.web.programmes import act_words, history

register = template.Library()

register.simple_tag(history.undoable, name="undoable")
register.filter("act_words", act_words.act_words)
