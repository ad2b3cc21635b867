"""Facts → columns → engine → result: the order of application, and nothing else."""
