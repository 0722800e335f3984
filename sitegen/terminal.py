"""What the command line has in common: Chinese usage texts, progress, exit codes. Words only, no work."""

import argparse
import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import NoReturn, Self, TextIO

FINE, PROBLEMS, USAGE, ENVIRONMENT = 0, 1, 2, 3
EXIT_CODES = """退出码：
  0  没有问题
  1  输入有问题：文件、案例有误，或者得数和预期不符
  2  命令写得不对
  3  环境有问题：缺少文件或软件、磁盘写不进去、另一次生成正在进行"""

_ERRORS = (
    (r"the following arguments are required: (.+)", r"缺少参数：\1"),
    (r"argument (.+): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.+): expected at least one argument", r"\1 后面至少要写一个值"),
    (r"argument .+: invalid choice: '?(.*?)'? \(choose from (.+)\)", r"没有“\1”，可以写的有：\2"),
    (r"argument (.+): invalid (?:.+) value: '?(.*?)'?", r"\1 不能写“\2”"),
    (r"unrecognized arguments: (.+)", r"不认识的参数：\1"),
    (r"argument (.+): ignored explicit argument '?(.*?)'?", r"\1 后面不能带“\2”"),
    (r"ambiguous option: (\S+) could match (.+)", r"“\1”不完整，可能是：\2"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Usage texts with Chinese headings."""

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse's own types differ
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Chinese and ends with the documented code."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs = {"formatter_class": _Formatter, "add_help": False, "allow_abbrev": False, **kwargs}
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong with the command."""
        for pattern, words in _ERRORS:
            match = re.fullmatch(pattern, message)
            if match:
                # Python 3.11 quotes the choices, later ones do not.
                message = match.expand(words).replace("'", "").replace(", ", "、")
                break
        self.exit(USAGE, f"{message}。看说明：{self.prog} --help\n")


class Progress:
    """The step at work, on the last line of a terminal, once it takes longer than a second; elsewhere silent."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()
        self._step = ""
        self._since = time.monotonic()
        self._drawn = False
        self._lock = threading.Lock()
        self._done = threading.Event()

    def __enter__(self) -> Self:
        if self._shown:
            threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._done.set()
        with self._lock:
            self._erase()

    def tell(self, step: str) -> None:
        """A new step begins."""
        with self._lock:
            self._erase()
            self._step, self._since = step, time.monotonic()

    def _watch(self) -> None:
        while not self._done.wait(0.5):
            with self._lock:
                seconds = int(time.monotonic() - self._since)
                if seconds >= 1 and not self._done.is_set():
                    self._stream.write(f"\r\x1b[2K{self._step}……{seconds} 秒")
                    self._stream.flush()
                    self._drawn = True

    def _erase(self) -> None:
        if self._drawn:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
            self._drawn = False


@contextmanager
def quiet_pipe() -> Iterator[None]:
    """A reader of our output who goes away (`| head`) is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Keeps the interpreter from complaining again when it closes the stream.
        sys.stdout = None
