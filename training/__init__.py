"""From scenes to a model that writes them: sources, datasets, runs, evaluations and the models they made."""
