"""What an officer has to settle, and the words of the document behind each part."""
