import orjson

from api.contradictions.verdict.decide import _model, decide


def test_the_thresholds_part_the_scale():
    _, thresholds = _model()
    assert 0 < thresholds["candidate"] < thresholds["flagged"] < 1
    assert decide(1.0) == "flagged"
    assert decide(thresholds["candidate"]) == "candidate"
    assert decide(0.0) == "none"


def test_more_in_common_never_lowers_a_score_and_more_difference_never_raises_it():
    weights, _ = _model()
    assert all(weights[name] >= 0 for name in ("agent", "theme", "sign_share_least"))
    assert all(weights[name] <= 0 for name in ("sign_extra_denied", "moods_differ"))
    assert orjson.dumps(weights)
