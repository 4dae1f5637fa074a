"""What the printed words of the 282 targets ask for, counted plainly: shares nothing with ``keqiao/core/targets``."""
