"""Fine-tuning: recipes, what a run will cost, the trainer's process, and what comes of it.

Nothing here imports torch: what trains runs in an environment and a process of its own (`training.tune.trainer`).
"""
