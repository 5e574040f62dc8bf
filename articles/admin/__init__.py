"""The editors' desk: Django's admin, one noun a file.

Nothing is registered when this package is imported. Django imports it in order to find
``site.NewsroomAdminSite`` while ``admin.site`` is still being made; registering at that moment
would reach a site that is thrown away right after. So the site registers its nouns itself.
"""
