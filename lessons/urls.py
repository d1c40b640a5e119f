"""Lesson pages."""

from django.urls import path

from lessons import views

urlpatterns = [
    path("lessons/", views.overview, name="lesson_list"),
    path("lessons/bulk/", views.bulk, name="lesson_bulk"),
    path("lessons/subjects/new/", views.create_subject, name="subject_create"),
    path("lessons/subjects/<uuid:subject_id>/", views.subject, name="subject_detail"),
    path("lessons/subjects/<uuid:subject_id>/rename/", views.rename_subject, name="subject_rename"),
    path("lessons/subjects/<uuid:subject_id>/shift/", views.shift_subject, name="subject_shift"),
    path("lessons/subjects/<uuid:subject_id>/delete/", views.delete_subject, name="subject_delete"),
    path("lessons/subjects/<uuid:subject_id>/units/new/", views.create_unit, name="unit_create"),
    path("lessons/units/<uuid:unit_id>/rename/", views.rename_unit, name="unit_rename"),
    path("lessons/units/<uuid:unit_id>/shift/", views.shift_unit, name="unit_shift"),
    path("lessons/units/<uuid:unit_id>/delete/", views.delete_unit, name="unit_delete"),
    path("lessons/units/<uuid:unit_id>/lessons/new/", views.create_lesson, name="lesson_create"),
    path("lessons/<uuid:lesson_id>/", views.lesson, name="lesson_detail"),
    path("lessons/<uuid:lesson_id>/edit/", views.edit_lesson, name="lesson_edit"),
    path("lessons/<uuid:lesson_id>/shift/", views.shift_lesson, name="lesson_shift"),
    path("lessons/<uuid:lesson_id>/move/", views.move_lesson, name="lesson_move"),
    path("lessons/<uuid:lesson_id>/state/", views.change_state, name="lesson_state"),
    path("lessons/<uuid:lesson_id>/archive/", views.archive_lesson, name="lesson_archive"),
    path("lessons/<uuid:lesson_id>/copy/", views.copy_lesson, name="lesson_copy"),
    path("lessons/<uuid:lesson_id>/delete/", views.delete_lesson, name="lesson_delete"),
    path("lessons/<uuid:lesson_id>/items/new/", views.add_item, name="item_add"),
    path("lessons/items/<uuid:item_id>/shift/", views.shift_item, name="item_shift"),
    path("lessons/items/<uuid:item_id>/note/", views.note_item, name="item_note"),
    path("lessons/items/<uuid:item_id>/renew/", views.renew_item, name="item_renew"),
    path("lessons/items/<uuid:item_id>/remove/", views.remove_item, name="item_remove"),
    path("lessons/pick/<uuid:animation_id>/", views.pick, name="lesson_pick"),
]
