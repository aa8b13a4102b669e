"""Arabic letters, what is written onto words, the hygiene of text, and the lists of words.

What is the same, and for whom:

| function | what meets | for |
|---|---|---|
| the analysers (mappings/analysis.py) | what a reader takes for the same | all that is searched |
| `letters.letters_table` | letters that only look different, marks, tatweel | `match=exact` |
| `letters.fold` | what the analyser of plain words makes of a word | word lists, excluded words |
| `word_lists.lookup_key` | `fold` of neighbouring words | the list of spelling variants |
| `letters.without_marks` | nothing: letters stay as typed | counting words, seeing hamzas |
| `text.clean_text` | nothing: it is lossless | text as stored and shown, queries as read |
| `text.match_key` | spellings of one name | recognising names and months, never searched |
| `agencies.name_key` | `match_key` without signs | names of agencies |
| `loader/extract/folding.py` | letters and digits, with places | what is cut out of raw text |
"""
