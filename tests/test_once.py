"""What many need first at the same moment is made once."""

import threading
import time

from assistant.searching.once import once


def test_twenty_threads_have_one_table_made() -> None:
    made = []

    @once
    def table(name: str) -> list[str]:
        made.append(name)
        time.sleep(0.05)
        return [name]

    threads = [threading.Thread(target=table, args=("a",)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == ["a"]
    assert table("a") is table("a")
