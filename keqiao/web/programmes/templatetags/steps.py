"""Tags and filters for the versions of a draft."""

from django import template

from keqiao.web.programmes.desk import history_page as history
from keqiao.web.programmes.wording import acts as act_words

register = template.Library()

register.simple_tag(history.undoable, name="undoable")
register.filter("act_words", act_words.act_words)
