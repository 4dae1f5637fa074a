"""What the pages of the desk show, put together once for each."""
