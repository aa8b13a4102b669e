"""Documents to Elasticsearch: generations, bulk writing, retries, what is seen twice,
completions.
"""
