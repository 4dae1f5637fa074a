"""Stored files: received with resume, kept by digest, served only to those who may see their purpose."""
