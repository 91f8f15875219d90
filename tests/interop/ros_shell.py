"""What the scripts that try a sourced ROS 2 have in common: programs, as somebody at a shell has them."""
import contextlib
import os
import queue
import re
import shutil
import signal
import subprocess
import threading
import time
import xml.etree.ElementTree

PATIENCE = 60  # Seconds for a command or an answer.
SKIPPED = 77


class Program:
    """A program in a session of its own, whose output is gathered while it runs."""

    def __init__(self, command, **options):
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace',
            start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler), **options)
        self.output = ''
        self._lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, patterns, seconds, since=0):
        """Reads until the output since then has all patterns, it ends or the time is over; says whether it has them."""
        end = time.monotonic() + seconds
        while True:
            if patterns and all(re.search(pattern, self.output[since:], re.MULTILINE) for pattern in patterns):
                return True
            try:
                line = self._lines.get(timeout=max(0, end - time.monotonic()))
            except queue.Empty:
                return False
            if line is None:
                self._lines.put(None)
                return not patterns
            self.output += line

    def stop(self):
        """What Ctrl-C does; the exit code, negative if that was not enough."""
        for number in (signal.SIGINT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, subprocess.TimeoutExpired):
                if self._process.poll() is None:
                    os.killpg(self._process.pid, number)
                return self._process.wait(PATIENCE)
        return self._process.wait()


class Ros:
    """The ROS 2 that is sourced."""

    def __init__(self):
        self.prefixes = [prefix for prefix in os.environ.get('AMENT_PREFIX_PATH', '').split(':') if prefix]
        self.distro = os.environ.get('ROS_DISTRO', 'unknown')

    def is_sourced(self):
        return bool(self.prefixes) and shutil.which('ros2') is not None

    def version(self, package):
        """The version of a package, or nothing where it is missing."""
        for prefix in self.prefixes:
            path = os.path.join(prefix, 'share', package, 'package.xml')
            if os.path.exists(path):
                return xml.etree.ElementTree.parse(path).findtext('version')
        return None


def tail(text):
    """The last lines of a text."""
    return '\n'.join(text.splitlines()[-20:])
