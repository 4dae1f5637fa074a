"""Tables from files into registers: template, preview, faults row by row, annotated copy back, once only."""
