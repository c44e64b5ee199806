"""A driver that thinks of the wire.

What the screens paint is held against what the terminal shows already, and only the difference is sent, no faster than
the terminal reads it. `driver.py` is the way in; all else knows neither threads nor files.
"""
