"""What templates are drawn with: those of the readers' pages, and a little of the desk's."""
