"""The main window: joins panels, views, document and player, which do not know each other."""
