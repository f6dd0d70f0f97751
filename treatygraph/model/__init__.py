"""Values: days, records, standings, names, words; no files but the folders, no clock."""
