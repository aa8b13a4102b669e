"""Articles into the index: files -> readers -> RawArticle -> extract -> Article -> bulk ->
generation.
"""
