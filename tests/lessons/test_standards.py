"""Curricula in CASE: read, brought in, named in lessons, covered; what colleagues and strangers see of them."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.errors import DomainError
from lessons import case, search, standards
from lessons.models import Lesson
from lessons.standard_models import Framework, Standard
from tests.factories import LessonFactory, MembershipFactory, OrganisationFactory, UserFactory

DOCUMENT = {
    "identifier": "d-1", "title": "Mechanics", "creator": "A State", "language": "en", "version": "2026",
    "licenseURI": {"title": "CC BY 4.0", "identifier": "l", "uri": "https://example.org/l"},
}  # fmt: skip


def item(key, code="", statement="", **more):
    return {"identifier": key, "humanCodingScheme": code, "fullStatement": statement or f"Know {key}", **more}


def child(below, above, place):
    return {
        "associationType": "isChildOf", "sequenceNumber": place,
        "originNodeURI": {"identifier": below}, "destinationNodeURI": {"identifier": above},
    }  # fmt: skip


ITEMS = [
    item("b", "M.2", "Energy", educationLevel=["09", "10"]),
    item("a", "M.1", "Forces"),
    item("a2", "M.1.2", "Newton's second law"),
    item("a1", "M.1.1", "Balanced forces"),
]
LINKS = [child("a", "d-1", 1), child("b", "d-1", 2), child("a1", "a", 1), child("a2", "a", 2)]


def package(items=ITEMS, links=LINKS, **more):
    return json.dumps({"CFDocument": DOCUMENT, "CFItems": items, "CFAssociations": links, **more}).encode()


def sent_csv(client, framework):
    answer = client.get(reverse("framework_csv", args=[framework.pk]))
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.fixture
def framework(teacher):
    return standards.bring_in(by=teacher, package=case.read(package()))


def test_standards_come_in_the_publishers_order_parents_first():
    read = case.read(package())
    assert [one.code for one in read.items] == ["M.1", "M.1.1", "M.1.2", "M.2"]
    assert (read.title, read.publisher, read.licence) == ("Mechanics", "A State", "CC BY 4.0")
    assert read.items[3].level == "09, 10"
    assert read.problems == []


def test_a_package_inside_a_package_is_read_too():
    assert case.read(json.dumps({"CFPackage": json.loads(package())}).encode()).title == "Mechanics"


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"[1]", b"{}", b'{"CFDocument": {}, "CFItems": [{}]}', package(items=[]), b"[" * 100_000,
     package(items=[item(str(n)) for n in range(case.MOST_ITEMS + 1)]), b'{"CFDocument": {"identifier": 1}}'],
)  # fmt: skip
def test_what_is_no_curriculum_is_refused_in_words(data):
    with pytest.raises(DomainError) as caught:
        case.read(data)
    assert caught.value.code == "case"
    assert caught.value.hint


def test_faulty_rows_are_told_and_do_not_spoil_the_rest():
    items = [*ITEMS, {"fullStatement": "no key"}, item("b"), {"identifier": "x"}, 7, item("c1"), item("c2")]
    links = [*LINKS, child("c1", "c2", 1), child("c2", "c1", 1), child("b", "gone", 1), "nonsense"]
    read = case.read(package(items, links))
    assert sorted(one.case_id for one in read.items) == ["a", "a1", "a2", "b", "c1", "c2"]
    assert len(read.problems) == 7


@pytest.mark.django_db
def test_bringing_in_again_keeps_tags_and_retires_what_is_gone(teacher, framework):
    lesson = LessonFactory(unit__subject__owner=teacher)
    standards.tag(by=teacher, lesson=lesson, standards=standards.found(teacher, "M.1.1, M.2"))
    newer = case.read(package([item("b", "M.9", "Energy"), item("n", "M.3")], []))
    assert standards.bring_in(by=teacher, package=newer) == framework
    assert {one.code: one.retired for one in framework.standards.all()} == {"M.9": False, "M.3": False, "M.1.1": True}
    assert [str(tag.standard) for tag in standards.tags_of(lesson)] == ["M.9", "M.1.1"]


@pytest.mark.django_db
def test_coverage_counts_standards_without_others_below_them(teacher, framework):
    def tagged(state, codes, **more):
        lesson = LessonFactory(unit__subject__owner=teacher, state=state, **more)
        standards.tag(by=teacher, lesson=lesson, standards=standards.found(teacher, codes))
        return lesson

    first = tagged(Lesson.State.PUBLISHED, "M.1.1", school_year=2026)
    tagged(Lesson.State.DRAFT, "M.1.2")
    LessonFactory()  # somebody else's
    report = standards.coverage(teacher, framework)
    assert (report.covered, report.planned, report.open, report.percent) == (1, 1, 1, 33)
    assert [row.depth for row in report.rows] == [0, 1, 1, 0]
    assert standards.coverage(teacher, framework, subject=first.unit.subject_id).planned == 0
    assert standards.coverage(teacher, framework, year=2025).open == 3


@pytest.mark.django_db
def test_cells_that_a_spreadsheet_would_run_are_text(teacher, signed_in):
    nasty = package([item("x", "=HYPERLINK(1)", "+cmd")], [])
    framework = standards.bring_in(by=teacher, package=case.read(nasty))
    rows = list(csv.reader(io.StringIO(sent_csv(signed_in, framework))))
    assert rows[1][:2] == ["'=HYPERLINK(1)", "'+cmd"]


@pytest.mark.django_db
def test_lessons_are_found_by_the_codes_of_their_standards(teacher, framework):
    lesson = LessonFactory(unit__subject__owner=teacher)
    standards.tag(by=teacher, lesson=lesson, standards=standards.found(teacher, "m.1.2"))
    assert list(search.matching(Lesson.objects.all(), "M.1.2")) == [lesson]
    standards.untag(by=teacher, lesson=lesson, standard_id=Standard.objects.get(code="M.1.2").pk)
    assert not search.matching(Lesson.objects.all(), "M.1.2")


@pytest.mark.django_db
def test_colleagues_use_a_curriculum_and_strangers_do_not_see_it(teacher, framework):
    school = OrganisationFactory()
    colleague, stranger = MembershipFactory(organisation=school).user, UserFactory()
    assert framework not in standards.frameworks_visible_to(colleague)
    MembershipFactory(organisation=school, user=teacher)
    assert framework in standards.frameworks_visible_to(colleague)
    lesson = LessonFactory(unit__subject__owner=colleague)
    standards.tag(by=colleague, lesson=lesson, standards=standards.found(colleague, "M.2"))
    with pytest.raises(DomainError, match="colleagues"):
        standards.remove(by=teacher, framework=framework)
    with pytest.raises(DomainError):
        standards.remove(by=colleague, framework=framework)
    with pytest.raises(DomainError, match="No curriculum"):
        standards.found(stranger, "M.2")
    with pytest.raises(DomainError):
        standards.tag(by=stranger, lesson=lesson, standards=list(framework.standards.all()))


@pytest.mark.django_db
def test_a_curriculum_is_checked_brought_in_and_reported_on_the_pages(teacher, signed_in):
    def send(data, **more):
        file = SimpleUploadedFile("mechanics.json", data, content_type="application/json")
        return signed_in.post(reverse("framework_bring_in"), {"file": file, **more})

    assert "4 standards" in send(package(), check="yes").content.decode()
    assert not Framework.objects.exists()
    refused = send(b"not json")
    assert refused.status_code == 422
    assert "not JSON" in refused.content.decode()
    assert signed_in.post(reverse("framework_bring_in"), {}).status_code == 422
    answer = send(package())
    page = signed_in.get(answer.url).content.decode()
    assert "Balanced forces" in page
    lesson = LessonFactory(unit__subject__owner=teacher)
    signed_in.post(reverse("lesson_tag", args=[lesson.pk]), {"codes": "M.1.1; nonsense"})
    page = signed_in.get(reverse("lesson_detail", args=[lesson.pk])).content.decode()
    assert "No curriculum here has nonsense" in page
    signed_in.post(reverse("lesson_tag", args=[lesson.pk]), {"codes": "M.1.1"})
    assert "Balanced forces" in signed_in.get(reverse("lesson_detail", args=[lesson.pk])).content.decode()
    text = sent_csv(signed_in, Framework.objects.get())
    assert text.splitlines()[2].startswith("M.1.1,Balanced forces,,0,1,a1")


@pytest.mark.django_db
def test_a_report_takes_as_many_queries_for_a_thousand_standards(teacher, signed_in, django_assert_max_num_queries):
    items = [item(f"k{n}", f"K.{n}") for n in range(1000)]
    framework = standards.bring_in(by=teacher, package=case.read(package(items, [])))
    signed_in.get("/lessons/")
    with django_assert_max_num_queries(8):
        assert signed_in.get(reverse("framework_detail", args=[framework.pk])).status_code == 200
