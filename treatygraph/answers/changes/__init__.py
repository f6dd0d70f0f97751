"""What differs between two days, two states of knowledge, or two records: acts, standings, instruments, pairs."""
