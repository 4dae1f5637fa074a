"""A definition compiled once, to be asked about many cases."""

from dataclasses import replace

from keqiao.core.programme.types import Programme
from keqiao.core.rules.category import CompiledCall, compile_call
from keqiao.core.rules.regions import region_named
from keqiao.readers.rule_words import rule_words

# The provinces round the cities that call.
ABOVE = {"三门峡市": ("河南省",), "济宁市": ("山东省",), "银川市": ("宁夏回族自治区",)}


def compiled(programme: Programme) -> CompiledCall:
    words = rule_words()
    region = region_named(programme.region, words.applicants)
    assert region is not None
    return compile_call(programme, words, region=replace(region, above=ABOVE.get(region.name, ())))
