"""The one template library, built in: every template may use it without loading it."""

from django import template

from makegood.interfaces.web import assets
from makegood.interfaces.web.tags import blocks, explained, filters, forms, pieces, promise

register = template.Library()
register.tag("csrf_token", forms.csrf_token)
for _name, _filter in filters.FILTERS.items():
    register.filter(_name, _filter)
for _name, _tag in {**pieces.TAGS, **explained.TAGS, "promise": promise.promise, "asset": assets.url}.items():
    register.simple_tag(_tag, name=_name)
for _name, _tag in blocks.BLOCKS.items():
    register.inclusion_tag(f"mg/{_name}.html", name=_name)(_tag)
for _name, _tag in blocks.WITH_CONTEXT.items():
    register.inclusion_tag(f"mg/{_name}.html", name=_name, takes_context=True)(_tag)
