"""A limit lets a hurried worker through and stops a flood."""

from __future__ import annotations

from balise.engine.pace import Bucket, Pace


def test_a_bucket_lets_most_at_once_then_rate_a_second() -> None:
    now = [0.0]
    bucket = Bucket(Pace(rate=2, most=3), clock=lambda: now[0])
    assert bucket.is_full()
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] += 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]
    now[0] += 60
    assert bucket.is_full()
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_what_weighs_more_takes_more() -> None:
    bucket = Bucket(Pace(rate=2, most=5), clock=lambda: 0.0)
    assert [bucket.take(3), bucket.take(3), bucket.take(2), bucket.take()] == [True, False, True, False]
