"""What readers see: one function a page, each starting from ``Article.objects.live()``."""
