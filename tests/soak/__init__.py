"""The soak: random jobs, random kills, hostile files, and afterwards the question whether all is as it should be."""
