import os
import subprocess
import sys

from availability.cluster.processes import command_of, started_at


def test_a_process_keeps_its_start_and_another_has_another() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert started_at(other.pid) == started_at(other.pid)
        assert started_at(other.pid) != started_at(os.getpid())
        other.communicate(b"\n")
        assert started_at(other.pid) is None


def test_a_process_that_ended_unnoticed_counts_as_ended() -> None:
    ended = subprocess.Popen([sys.executable, "-c", "print('tot ziens')"], stdout=subprocess.PIPE)
    assert ended.stdout is not None
    ended.stdout.read()
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    assert started_at(ended.pid) is None
    ended.stdout.close()
    ended.wait()


def test_the_command_of_a_process() -> None:
    assert "python" in command_of(os.getpid())
    assert command_of(2**22 + 1) == ""
