"""Curriculum standards, as a publisher gives them out in CASE, and the lessons that work towards them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Identified, TimeStamped


class Framework(Identified, TimeStamped):
    """A curriculum (CASE: CFDocument) that somebody brought in; her colleagues at school may use it too."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="frameworks", verbose_name=_("owner")
    )
    case_id = models.CharField(max_length=64, help_text=_("The publisher's own identifier (GUID); it is kept."))
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    edition = models.CharField(_("edition"), max_length=64, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    address = models.CharField(_("official address"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("framework")
        verbose_name_plural = _("frameworks")
        ordering = ["title", "created"]
        constraints = [models.UniqueConstraint(fields=["owner", "case_id"], name="framework_once")]

    def __str__(self) -> str:
        return self.title


class Standard(Identified):
    """One thing to be learnt (CASE: CFItem), at its place in the tree of its framework."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="standards")
    case_id = models.CharField(max_length=64)
    code = models.CharField(_("code"), max_length=100, blank=True, db_index=True)
    statement = models.TextField(_("statement"))
    level = models.CharField(_("level"), max_length=100, blank=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    position = models.PositiveIntegerField(default=0)
    retired = models.BooleanField(default=False, help_text=_("No longer in the framework, but lessons name it."))

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")
        ordering = ["framework", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "case_id"], name="standard_once")]

    def __str__(self) -> str:
        return self.code or self.statement[:60]


class LessonStandard(models.Model):
    """A lesson works towards a standard."""

    lesson = models.ForeignKey("lessons.Lesson", on_delete=models.CASCADE, related_name="tags")
    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="tags")

    class Meta:
        verbose_name = _("standard of a lesson")
        verbose_name_plural = _("standards of lessons")
        constraints = [models.UniqueConstraint(fields=["lesson", "standard"], name="lesson_standard_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.standard_id}"
