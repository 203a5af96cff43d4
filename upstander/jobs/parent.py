"""A process that the supervisor started ends with its supervisor, however that one ended."""

import os
import signal
import threading
import time

LOOK_EVERY_SECONDS = 1
LAST_WORD_SECONDS = 10


def end_with_parent() -> None:
    """Watches for the supervisor to be gone (killed ones too), then ends this process and all it started.

    Only where this process leads a group of its own, so that nobody else's process is touched.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_EVERY_SECONDS)
        os.killpg(os.getpgrp(), signal.SIGTERM)
        time.sleep(LAST_WORD_SECONDS)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        threading.Thread(target=watch, daemon=True).start()
