from api.language.words import kinds


def test_kinds_that_exclude_each_other():
    assert kinds.exclude("song", "river")
    assert kinds.exclude("river", "song")
    assert not kinds.exclude("song", "song")
    assert not kinds.exclude("actor", "singer")


def test_what_happens_once():
    assert "time" in kinds.singular_roles("die")
    assert not kinds.singular_roles("walk")
