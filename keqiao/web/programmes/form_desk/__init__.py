"""The desk of forms: fields, their order, limits and conditions; what a form looks like; the office's own document."""
