"""The same questions put to treatygraph and to what a user would take instead, over the same data, in one run."""
