"""Stored files, and everything between untrusted bytes and a picture on a page."""
