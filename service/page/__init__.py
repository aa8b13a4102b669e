"""What people see: results and articles prepared for the templates. HTTP stands in
service/routes/page.py.
"""
