"""What runs in the training environment, in a process of its own: `python -m training.tune.trainer`.

Everything it needs to know is in the run's folder, and everything it has to say it writes there.
"""
