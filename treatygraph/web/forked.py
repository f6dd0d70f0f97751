"""Imported by the process that workers are forked from, before the first of them; by nobody else."""

from treatygraph.web import worker  # noqa: F401 - so that no worker has to import it
from treatygraph.web.nursery import prepare

prepare()
