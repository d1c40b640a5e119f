"""The filesystem broker under a reader that never rests."""

import threading
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from kombu.transport import filesystem


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "queue").mkdir()
    (tmp_path / "control").mkdir()
    queue = str(tmp_path / "queue")
    return {"data_folder_in": queue, "data_folder_out": queue, "control_folder": str(tmp_path / "control")}


def channel_of(transport: Any, folders: dict[str, str]) -> Any:
    return Connection("filesystem://localhost", transport=transport, transport_options=folders).channel()


def read_all(channel: Any, count: int) -> list[dict[str, Any]]:
    from queue import Empty

    found: list[dict[str, Any]] = []
    while len(found) < count:
        try:
            found.append(channel._get("q"))
        except Empty:
            continue
    return found


def test_a_message_half_written_breaks_kombus_own_reader(folders: dict[str, str]) -> None:
    """Negative control: this is the moment between the writer's open and its write."""
    (Path(folders["data_folder_in"]) / "1_a.q.msg").touch()
    with pytest.raises(ValueError, match="Expecting value"):
        channel_of(filesystem.Transport, folders)._get("q")


def test_a_thousand_messages_arrive_whole(folders: dict[str, str]) -> None:
    writer, reader = (channel_of("config.broker:Transport", folders) for _end in range(2))
    sending = threading.Thread(target=lambda: [writer._put("q", {"n": n}) for n in range(1000)])
    sending.start()
    assert sorted(message["n"] for message in read_all(reader, 1000)) == list(range(1000))
    sending.join()
    assert list(Path(folders["data_folder_in"]).iterdir()) == []


def test_exchanges_bound_at_the_same_moment_are_all_there(folders: dict[str, str]) -> None:
    channels = [channel_of("config.broker:Transport", folders) for _end in range(8)]
    threads = [
        threading.Thread(target=channel._queue_bind, args=("x", f"key{n}", None, f"q{n}"))
        for n, channel in enumerate(channels)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry.queue for entry in channels[0].get_table("x")} == {f"q{n}" for n in range(8)}
