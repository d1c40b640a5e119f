"""Routes of the API, joined under /api/v1/ by config.api."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from generation.api import AnimationViewSet, GenerationViewSet
from generation.board_api import BoardDrawView, BoardScenesView, BoardSuggestView, BoardsView, BoardView

router = SimpleRouter(use_regex_path=False)
router.register("generations", GenerationViewSet, basename="generation")
router.register("animations", AnimationViewSet, basename="animation")
board = "animations/<uuid:animation_id>/storyboard"
urlpatterns = [
    *router.urls,
    path("storyboards/", BoardsView.as_view(), name="storyboards"),
    path(f"{board}/", BoardView.as_view(), name="storyboard"),
    path(f"{board}/scenes/", BoardScenesView.as_view(), name="storyboard-scenes"),
    path(f"{board}/suggest/", BoardSuggestView.as_view(), name="storyboard-suggest"),
    path(f"{board}/draw/", BoardDrawView.as_view(), name="storyboard-draw"),
]
