"""Files in and out: workbooks and tables that others made are read in a limited child process, ours are written whole.

Import the module that is needed: the child process loads parts of this package and must stay small.
"""
