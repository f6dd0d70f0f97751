"""Pictures of the record: networks, timelines, heatmaps and the explorer page, each one file that needs no network."""
