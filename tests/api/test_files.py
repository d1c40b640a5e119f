"""Files by signed link: ranges, conditions, headers, and links that end."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import signing as django_signing
from django.test import AsyncClient, Client
from django.utils.http import http_date

from accounts.models import User
from generation import signing
from projects.models import Artefact
from projects.services import publish_artefact
from tests.factories import RevisionFactory, UserFactory

CONTENT = bytes(range(256)) * 4096  # a megabyte in which every part is known


@pytest.fixture
def teacher(db: Any) -> User:
    return UserFactory()


@pytest.fixture
def publish(tmp_path: Path, teacher: User) -> Callable[..., Artefact]:
    def make(kind: str = "video", content_type: str = "video/mp4", content: bytes = CONTENT) -> Artefact:
        file = tmp_path / "made"
        file.write_bytes(content)
        revision = RevisionFactory(animation__project__owner=teacher, title='Wellen & Über; "x"\r\n')
        return publish_artefact(revision=revision, kind=kind, quality="l", source=file, content_type=content_type)

    return make


@pytest.fixture
def video(publish: Callable[..., Artefact]) -> Artefact:
    return publish()


@pytest.fixture
def link(video: Artefact, teacher: User) -> str:
    return signing.artefact_path(video, teacher)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


class TestWhole:
    def test_the_file_comes_whole_with_every_header_that_matters(self, link: str, video: Artefact) -> None:
        response = Client().get(link)
        assert response.status_code == 200 and body(response) == CONTENT
        headers = response.headers
        assert headers["Content-Type"] == "video/mp4"
        assert headers["Content-Length"] == str(len(CONTENT))
        assert headers["ETag"] == f'"{video.sha256}"'
        assert headers["Accept-Ranges"] == "bytes"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"].startswith("private")
        assert headers["Content-Disposition"] == 'attachment; filename="wellen-uber-x_v1_480p.mp4"'
        assert "sandbox" in headers["Content-Security-Policy"]

    def test_inline_plays_in_the_page(self, video: Artefact, teacher: User) -> None:
        response = Client().get(signing.artefact_path(video, teacher, inline=True))
        assert response.headers["Content-Disposition"].startswith("inline")

    def test_captions_have_their_own_type(self, publish: Callable[..., Artefact], teacher: User) -> None:
        captions = publish("captions", "text/vtt; charset=utf-8", b"WEBVTT\n")
        response = Client().get(signing.artefact_path(captions, teacher))
        assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
        assert response.headers["Content-Disposition"].endswith('.vtt"')

    def test_head_says_the_same_and_sends_nothing(self, link: str) -> None:
        got, head = Client().get(link), Client().head(link)
        assert head.content == b"" and head.status_code == 200
        body(got)
        assert {**head.headers, "Date": ""} == {**got.headers, "Date": ""}

    def test_an_empty_file_is_an_empty_file(self, publish: Callable[..., Artefact], teacher: User) -> None:
        empty = publish("captions", "text/vtt", b"")
        response = Client().get(signing.artefact_path(empty, teacher))
        assert (response.status_code, body(response), response.headers["Content-Length"]) == (200, b"", "0")

    def test_nothing_is_written_through_a_link(self, link: str) -> None:
        assert Client().post(link).status_code == 405

    async def test_under_asgi_it_is_read_in_pieces(self, transactional_db: Any, link: str) -> None:
        response = await AsyncClient().get(link)
        chunks = [chunk async for chunk in response.streaming_content]
        assert b"".join(chunks) == CONTENT
        assert len(chunks) == 4 and all(len(chunk) <= 256 << 10 for chunk in chunks)


class TestParts:
    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("0-0", 0, 0),
            ("1000-1999", 1000, 1999),
            ("1048570-", 1048570, 1048575),
            ("-6", 1048570, 1048575),
            ("1048575-9999999", 1048575, 1048575),
        ],
    )
    def test_a_range_is_sent_as_206(self, link: str, asked: str, first: int, last: int) -> None:
        response = Client().get(link, headers={"Range": f"bytes={asked}"})
        assert response.status_code == 206 and body(response) == CONTENT[first : last + 1]
        assert response.headers["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
        assert response.headers["Content-Length"] == str(last - first + 1)

    def test_a_range_outside_is_416_and_says_how_long_the_file_is(self, link: str) -> None:
        response = Client().get(link, headers={"Range": "bytes=2000000-"})
        assert (response.status_code, response.headers["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")

    @pytest.mark.parametrize("header", ["bytes=5-2", "bytes=0-1,5-6", "lines=1-2", "nonsense"])
    def test_what_is_no_single_range_gets_the_whole_file(self, link: str, header: str) -> None:
        response = Client().get(link, headers={"Range": header})
        assert response.status_code == 200 and body(response) == CONTENT

    def test_if_range_sends_the_part_only_of_the_same_file(self, link: str, video: Artefact) -> None:
        def status(condition: str) -> int:
            return Client().get(link, headers={"Range": "bytes=0-9", "If-Range": condition}).status_code

        assert status(f'"{video.sha256}"') == 206
        assert status(http_date(video.created.timestamp())) == 206
        assert status('"another"') == status(f'W/"{video.sha256}"') == status(http_date(0)) == status("nonsense") == 200

    def test_what_the_client_has_is_not_sent_again(self, link: str, video: Artefact) -> None:
        response = Client().get(link, headers={"If-None-Match": f'"x", "{video.sha256}"'})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == f'"{video.sha256}"'

    async def test_a_part_under_asgi(self, transactional_db: Any, link: str) -> None:
        response = await AsyncClient().get(link, headers={"Range": "bytes=300000-300009"})
        assert response.status_code == 206
        assert b"".join([chunk async for chunk in response.streaming_content]) == CONTENT[300000:300010]


class TestLinks:
    def test_a_link_with_one_letter_changed_opens_nothing(self, link: str) -> None:
        head, name = link.rsplit("/", 1)
        for position in (8, len(head) // 2, len(head) - 1):
            changed = head[:position] + ("A" if head[position] != "A" else "B") + head[position + 1 :]
            assert Client().get(f"{changed}/{name}").status_code == 404

    def test_a_signature_made_for_something_else_opens_nothing(self, video: Artefact, teacher: User) -> None:
        token = django_signing.dumps([video.pk.hex, teacher.pk.hex], salt="another purpose")
        assert Client().get(f"/files/{token}/x.mp4").status_code == 404

    def test_after_ten_minutes_it_is_over_but_not_for_the_page_of_its_own_user(
        self, link: str, teacher: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert signing.LINK_SECONDS <= 600
        monkeypatch.setattr(signing, "LINK_SECONDS", -1)
        late = Client().get(link)
        assert late.status_code == 410 and late.json()["code"] == "link_expired" and late.json()["hint"]
        hers, another = Client(), Client()
        hers.force_login(teacher)
        another.force_login(UserFactory())
        assert hers.get(link).status_code == 200
        assert another.get(link).status_code == 410

    def test_it_stops_when_its_user_loses_the_right(self, link: str, video: Artefact, teacher: User) -> None:
        assert Client().get(link).status_code == 200
        project = video.revision.animation.project
        project.owner = UserFactory()
        project.save()
        assert Client().get(link).status_code == 404

    def test_it_stops_when_its_user_is_disabled(self, link: str, teacher: User) -> None:
        teacher.is_active = False
        teacher.save()
        assert Client().get(link).status_code == 404

    def test_it_cannot_be_made_for_what_one_may_not_see(self, video: Artefact) -> None:
        assert Client().get(signing.artefact_path(video, UserFactory())).status_code == 404

    def test_a_file_that_is_gone_is_404(self, link: str, video: Artefact) -> None:
        video.path.unlink()
        assert Client().get(link).status_code == 404
