"""The pages of the site: one module makes each, from the graph alone; the server and the static export show the same.

A page is made by :func:`treatygraph.site.pages.page` from its name and its arguments. Where its links lead, in which
language its frame is, and what day it is are in a :class:`treatygraph.site.setting.Setting`. Needs ``jinja2``.
"""
