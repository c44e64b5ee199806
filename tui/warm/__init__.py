"""Loket that waits: one process of an account has everything loaded and forks for each person who starts `loket`.

The person's own process (`client`) is small: it hands over its arguments, environment, folder and terminal, passes
signals on and ends as the forked one ends. `server` waits; `person` makes the forked process into what a cold start
would have been; `likeness` says when that cannot be done; `program` notices that the program on disk was changed.
"""
