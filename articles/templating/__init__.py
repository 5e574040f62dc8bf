"""What the templates of the readers' pages are drawn with."""
