"""A form on a page: answers as blanks to fill in, and what was typed there back as answers. Nothing here is stored."""
