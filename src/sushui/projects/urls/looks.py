"""Where the ways to look at the ledger stand; included among the room's urls."""

from __future__ import annotations

from django.urls import URLPattern, path

from sushui.projects.views import ground
from sushui.projects.views import looks as views

urlpatterns: list[URLPattern] = [
    path("grid/columns/", views.choose_columns, name="choose-columns"),
    path("grid/export/", views.export_grid, name="export-grid"),
    path("board/", views.board, name="board"),
    path("board/<slug:stage>/", views.board_cards, name="board-cards"),
    path("gantt/", views.gantt, name="gantt"),
    path("gantt/rows/", views.gantt_rows, name="gantt-rows"),
    path("wall-chart/", views.wall_chart, name="wall-chart"),
    path("map/", ground.county_map, name="map"),
    path("map/shapes/", ground.shapes, name="map-shapes"),
    path("map/shapes/remove/", ground.remove_shapes, name="remove-map-shapes"),
]
