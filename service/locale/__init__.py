"""The languages of the page, one file each."""
