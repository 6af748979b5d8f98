"""Progress: a bar on a terminal, plain lines elsewhere. Seconds are real ones."""

import sys

from scripts.demo.simulated import stopwatch

WIDTH = 28


class Progress:
    """`with progress.stage("Registrations", 541) as step: step(); …`."""

    def __init__(self, out=sys.stderr):
        self._out = out
        self._tty = out.isatty()
        self._began = stopwatch()
        self.seconds = {}

    def stage(self, name, total):
        return _Stage(self, name, total)

    def line(self, text=""):
        print(text, file=self._out, flush=True)

    def show(self, name, done, total, seconds, final):
        filled = WIDTH * done // total if total else WIDTH
        bar = "█" * filled + "░" * (WIDTH - filled)
        text = f"{name:32} {bar} {done:>4}/{total:<4} {seconds:6.1f} s"
        if self._tty:
            print(f"\r{text}", end="\n" if final else "", file=self._out, flush=True)
        elif final:
            print(f"{name:32} {done:>4}/{total:<4} {seconds:6.1f} s",
                  file=self._out, flush=True)

    @property
    def total_seconds(self):
        return stopwatch() - self._began


class _Stage:
    def __init__(self, progress, name, total):
        self._progress, self._name, self._total = progress, name, total
        self._done = 0

    def __enter__(self):
        self._began = self._shown = stopwatch()
        return self

    def __call__(self, count=1):
        self._done += count
        if stopwatch() - self._shown > 0.2:
            self._show(False)

    def _show(self, final):
        self._shown = stopwatch()
        self._progress.show(
            self._name, self._done, self._total, self._shown - self._began, final
        )

    def __exit__(self, kind, *_details):
        if kind is None:
            self._show(True)
            self._progress.seconds[self._name] = round(self._shown - self._began, 2)
