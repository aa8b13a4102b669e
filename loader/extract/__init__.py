"""Reading raw Arabic copy: agency, date, headline and body of an article from its text alone.

Pure functions: text in, `Extraction` out. The forms of credits, datelines and dates live in this room.
"""
