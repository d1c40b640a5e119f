"""A video can be played while it is drawn, and whoever plays it slowly holds nothing up."""

import io
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from generation.engine.render import Renderer, wire
from generation.engine.render.encoder import Encoder
from generation.engine.render.keeper import Client
from generation.engine.render.outbox import MOST_SEGMENT_BYTES
from generation.engine.render.progress import Progress
from generation.engine.types import Quality
from tests.render.processes import within
from tests.render.scenes import HEAD, LONG

SIX_SECONDS = LONG.replace("range(100)", "range(3)")
NOISE = HEAD + (
    "class Noise(Scene):\n    def construct(self):\n        noise = np.random.default_rng(1)\n"
    "        for _ in range(120):\n"
    "            picture = ImageMobject(noise.integers(0, 255, (480, 854, 3), dtype=np.uint8))\n"
    "            self.add(picture.scale_to_fit_height(5))\n"
    "            self.wait(1 / 15)\n            self.remove(picture)\n"
)


def frames(data: bytes | Path) -> int:
    with av.open(io.BytesIO(data) if isinstance(data, bytes) else str(data)) as video:
        return sum(1 for _ in video.decode(video=0))


@pytest.mark.render
class TestSegments:
    def test_put_together_they_are_the_file(self, renderer: Renderer, tmp_path: Path) -> None:
        pieces: list[bytes | None] = []
        report = renderer.render(
            SIX_SECONDS,
            "Long",
            quality=Quality.LOW,
            out=tmp_path / "x.mp4",
            on_segment=lambda scene, piece: pieces.append(piece),
        )
        whole = [piece for piece in pieces if piece is not None]
        assert len(whole) == len(pieces) >= 4
        assert b"".join(whole) == (tmp_path / "x.mp4").read_bytes()
        assert frames(b"".join(whole)) == report.frames == 90

    def test_the_first_describes_the_video_and_each_other_begins_with_a_key_frame(
        self, renderer: Renderer, tmp_path: Path
    ) -> None:
        pieces: list[bytes | None] = []
        renderer.render(
            SIX_SECONDS,
            "Long",
            quality=Quality.LOW,
            out=tmp_path / "x.mp4",
            on_segment=lambda scene, piece: pieces.append(piece),
        )
        first, *others = [piece for piece in pieces if piece is not None]
        assert first[4:8] == b"ftyp" and b"moov" in first and b"mdat" not in first
        starts = []
        for piece in others:
            with av.open(io.BytesIO(first + piece)) as video:
                packets = [packet for packet in video.demux(video=0) if packet.pts is not None]
            assert packets[0].is_keyframe and not any(packet.is_keyframe for packet in packets[1:])
            starts.append(float(packets[0].pts * packets[0].time_base))
        assert starts == sorted(set(starts)) and starts[0] == 0

    def test_frames_lie_at_the_same_times_as_in_a_plain_file(self, renderer: Renderer, tmp_path: Path) -> None:
        renderer.render(SIX_SECONDS, "Long", quality=Quality.LOW, out=tmp_path / "x.mp4")
        with av.open(str(tmp_path / "x.mp4")) as video:
            times = [frame.time for frame in video.decode(video=0)]
        assert times == pytest.approx([number / 15 for number in range(90)])

    def test_a_scene_that_fails_leaves_no_file(self, renderer: Renderer, tmp_path: Path) -> None:
        pieces: list[bytes | None] = []
        report = renderer.render(
            SIX_SECONDS + "        [][1]\n",
            "Long",
            quality=Quality.LOW,
            out=tmp_path / "x.mp4",
            on_segment=lambda scene, piece: pieces.append(piece),
        )
        assert report.fault is not None and report.fault.code == "index_error"
        assert pieces and not list(tmp_path.iterdir())

    def test_while_the_taker_waits_the_whole_scene_is_drawn(self, renderer: Renderer, tmp_path: Path) -> None:
        """The client reads nothing from the first segment on until every frame is in the unfinished file."""
        expected = renderer.check(NOISE, "Noise").frames
        taken: list[bytes | None] = []

        def wait_for_all(scene: str, piece: bytes | None) -> None:
            if not taken:
                (unfinished,) = tmp_path.glob(".*.part")
                assert within(120, lambda: readable_frames(unfinished) == expected)
            taken.append(piece)

        report = renderer.render(
            NOISE,
            "Noise",
            quality=Quality.LOW,
            out=tmp_path / "x.mp4",
            on_preview=lambda scene, jpeg: None,
            on_segment=wait_for_all,
        )
        assert report.fault is None and report.frames == expected
        assert (tmp_path / "x.mp4").stat().st_size > MOST_SEGMENT_BYTES
        assert taken[-1] is None, "what was dropped is told, last"
        kept = b"".join(piece for piece in taken if piece is not None)
        assert (tmp_path / "x.mp4").read_bytes().startswith(kept) and frames(kept) > 0


def readable_frames(path: Path) -> int:
    try:
        return frames(path)
    except (av.FFmpegError, IndexError):
        return 0


def encoded_before_it_stops(path: Path, send: Callable[[bytes, bytes], None]) -> int:
    """Encode 60 frames of noise, sending previews and pieces with `send`. Return how many frames were encoded."""
    noise = np.random.default_rng(2)
    encoder = Encoder(path, 854, 480, 15, on_piece=lambda piece: send(wire.SEGMENT, piece))
    try:
        for _ in range(60):
            encoder.update(noise.integers(0, 255, (480, 854, 4), dtype=np.uint8), 0)
            encoder.write()
            send(wire.PREVIEW, encoder.preview())
        encoder.finish()
    except OSError:
        pass
    return encoder.frames


class TestASlowClient:
    def test_would_stop_an_encoder_that_writes_to_the_socket_itself(self, tmp_path: Path) -> None:
        """The negative control: what a client that reads nothing does to a plain send."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.settimeout(1.0)
            assert encoded_before_it_stops(tmp_path / "x.mp4", lambda *message: wire.send(ours, *message)) < 60

    def test_does_not_stop_the_keeper(self, tmp_path: Path) -> None:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            client = Client(ours)
            client.follow()
            previews = []

            def send(kind: bytes, payload: bytes) -> None:
                if kind == wire.PREVIEW:
                    previews.append(payload)
                client.send(kind, payload)

            for n in range(100):
                client.send_json({"event": "frames", "data": {"done": n, "total": 100}})
            assert encoded_before_it_stops(tmp_path / "x.mp4", send) == 60
            closing = threading.Thread(target=client.finish, args=[{"report": {}}])
            closing.start()
            received = []
            while (message := wire.receive(theirs, wire.LARGEST_ANSWER)) is not None:
                received.append(message)
                if b"report" in message[1][:12]:
                    break
            closing.join()
        facts = [wire.parse(payload) for kind, payload in received if kind == wire.JSON]
        assert [fact["data"]["done"] for fact in facts if fact.get("event") == "frames"] == list(range(100))
        assert [fact["event"] for fact in facts[100:-1]] == [wire.SEGMENTS_LOST]
        assert facts[-1] == {"report": {}}
        segments = [payload for kind, payload in received if kind == wire.SEGMENT]
        assert sum(map(len, segments)) <= MOST_SEGMENT_BYTES
        assert (tmp_path / "x.mp4").read_bytes().startswith(b"".join(segments))
        seen = [payload for kind, payload in received if kind == wire.PREVIEW]
        assert len(seen) < len(previews) == 60 and seen[-1] == previews[-1], "stale previews give way to the latest"

    def test_that_is_gone_is_noticed(self) -> None:
        ours, theirs = socket.socketpair()
        with ours:
            client = Client(ours)
            client.follow()
            theirs.close()
            client.send_json({"event": "frames", "data": {}})
            client.finish({"report": {}})
            assert client.gone()


def test_no_preview_is_made_where_nobody_takes_one() -> None:
    class Unseen:
        def preview(self) -> bytes:
            raise AssertionError("a preview was made for nobody")

    events: list[str] = []
    progress = Progress(total=2, send_event=lambda kind, data: events.append(kind), send_preview=None)
    progress.frame_done(Unseen())
    assert events == ["frames"], "the first frame is told all the same"
    with pytest.raises(AssertionError, match="for nobody"):
        Progress(total=2, send_event=lambda *_: None, send_preview=lambda _: None).frame_done(Unseen())
