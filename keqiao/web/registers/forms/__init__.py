"""What officers write about the registers. Each form gives the plain value that its act takes."""
