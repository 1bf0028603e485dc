import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from api.contradictions import Analysis, analyse, candidate_keys

SENTENCES = [
    "The ministry denied that more than 2.5 million records were stolen in May 2024",
    "Maria Lopez has no plans to raise the tax on fuel unless the budget fails",
    "There were no survivors, the coastguard said overnight",
]


def parts(analysis):
    """All that an analysis holds, whichever way it was made."""
    return (
        analysis.text,
        analysis.words,
        analysis.propositions,
        analysis.quantities,
        analysis.times,
        analysis.keys,
    )


def test_an_analysis_goes_to_other_processes_without_what_was_worked_out_of_it():
    for analysis in analyse(SENTENCES):
        sent = pickle.dumps(analysis)
        analysis.word_relations.touching(analysis.words)
        assert parts(pickle.loads(pickle.dumps(analysis))) == parts(analysis)
        assert pickle.dumps(analysis) == sent


def test_an_analysis_survives_being_stored():
    for analysis in analyse(SENTENCES):
        kept = Analysis.from_bytes(analysis.to_bytes(), analysis.text)
        assert parts(kept) == parts(analysis)
        assert kept.to_bytes() == analysis.to_bytes()


def test_an_analysis_is_small():
    assert all(len(analysis.to_bytes()) <= 250 for analysis in analyse(SENTENCES))


def test_an_analysis_does_not_depend_on_its_batch():
    assert parts(analyse(SENTENCES)[1]) == parts(analyse([SENTENCES[1]])[0])


def test_keys_are_shared_by_other_words_for_the_same():
    short, full = analyse(["Lopez resigned", "The resignation of Maria Lopez"])
    assert {"lopez", "resign"} <= candidate_keys(short) & candidate_keys(full)


def test_common_words_are_no_keys():
    (analysis,) = analyse(["They said it would take some time"])
    assert not candidate_keys(analysis)


@settings(max_examples=60)
@given(st.text(st.characters(), max_size=80))
def test_any_text_is_analysed_and_survives(text):
    (analysis,) = analyse([text])
    assert parts(Analysis.from_bytes(analysis.to_bytes(), text)) == parts(analysis)
