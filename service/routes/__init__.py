"""Addresses: declare, call one function, return."""
