"""Who may do what, how often, and what is noted of it: keys, sessions, limits, the audit.

`control` is the middleware that every request passes; `grants.require` is what a writing route
depends on; everything else serves these two.
"""
