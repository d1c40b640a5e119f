"""Routes of the API, joined under /api/v1/ by config.api."""

from rest_framework.routers import SimpleRouter

from generation.api import AnimationViewSet, GenerationViewSet

router = SimpleRouter(use_regex_path=False)
router.register("generations", GenerationViewSet, basename="generation")
router.register("animations", AnimationViewSet, basename="animation")
urlpatterns = router.urls
