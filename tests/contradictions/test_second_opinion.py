"""A second opinion from a real, tiny ONNX model that is made here.

The model gives each token a weight and adds them up into three logits. "not" and its kin weigh for
one label, "weather" for another, so that it tells a negation from a restatement: enough to be a
real cross-encoder, small enough to be written down.
"""

import json

import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from api.contradictions import ENGINE, Side, analyse, compare_all
from api.contradictions.verdict.second_opinion import BATCH, ModelUnusable, SecondOpinion

VOCABULARY = "[PAD] [UNK] a door is open closed awake sleeping nobody many weather not man the"
WORDS = VOCABULARY.split()
AGAINST = {"closed": 6.0, "awake": 6.0, "nobody": 6.0, "not": 6.0}
BESIDES = {"weather": 6.0}


def write_model(folder, label, config=None):
    """A folder with a model whose contradictions have a given label."""
    vocabulary = {word: number for number, word in enumerate(WORDS)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.save(str(folder / "tokenizer.json"))

    weights = numpy.zeros((len(WORDS), 3), dtype=numpy.float32)
    others = [each for each in range(3) if each != label]
    for word, weight in AGAINST.items():
        weights[vocabulary[word], label] = weight
    for word, weight in BESIDES.items():
        weights[vocabulary[word], others[0]] = weight
    bias = numpy.zeros(3, dtype=numpy.float32)
    bias[others[1]] = 2.0
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["weights", "input_ids"], ["weighed"]),
            helper.make_node("ReduceSum", ["weighed", "axis"], ["summed"], keepdims=0),
            helper.make_node("Add", ["summed", "bias"], ["logits"]),
        ],
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])],
        [
            numpy_helper.from_array(weights, "weights"),
            numpy_helper.from_array(bias, "bias"),
            numpy_helper.from_array(numpy.array([1], dtype=numpy.int64), "axis"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(folder / "model.onnx"))
    if config is not None:
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


PAIRS = [
    ("the door is open", "the door is not open"),
    ("the door is open", "the door is open"),
    ("the weather is open", "the man is sleeping"),
]


def verdicts(texts, opinion):
    sides = [
        Side(text=text, analysis=analysis)
        for text, analysis in zip(texts, analyse(texts), strict=True)
    ]
    return compare_all([tuple(sides)], opinion=opinion)[0]


def test_where_no_rule_speaks_it_raises_a_candidate_and_says_whose_it_is(tmp_path):
    opinion = SecondOpinion(write_model(tmp_path, 0))
    texts = ["The door was open when the guard passed", "The guard passed a door that nobody saw"]
    assert verdicts(texts, None).verdict == "none"
    suggested = verdicts(texts, opinion)
    assert (suggested.verdict, suggested.basis) == ("candidate", ("entailment",))
    assert suggested.detector == f"{ENGINE}+nli:{opinion.digest}"
    assert [each.text for each in suggested.evidence] == texts


@pytest.mark.parametrize(
    "texts",
    [
        ["The door was open", "Nobody likes closed weather"],
        ["The door of the bank was open in 2019", "The door of the bank was not open in 2024"],
        ["The door was open", "The door was not open"],
    ],
)
def test_it_is_not_asked_where_the_gates_are_closed_or_a_rule_spoke(tmp_path, texts):
    opinion = SecondOpinion(write_model(tmp_path, 0))
    assert verdicts(texts, opinion) == verdicts(texts, None)


@pytest.mark.parametrize("label", [0, 1, 2])
def test_the_label_is_found_out_with_known_pairs(tmp_path, label):
    opinion = SecondOpinion(write_model(tmp_path, label))
    opposed, same, unrelated = opinion.contradict(PAIRS)
    assert opposed > 0.9
    assert same < 0.2 and unrelated < 0.2


def test_the_models_own_description_comes_first(tmp_path):
    names = {"0": "ENTAILMENT", "1": "NEUTRAL", "2": "CONTRADICTION"}
    opinion = SecondOpinion(write_model(tmp_path, 2, {"id2label": names}))
    assert opinion.contradict(PAIRS)[0] > 0.9
    misnamed = {"0": "contradiction", "1": "neutral", "2": "entailment"}
    opinion = SecondOpinion(write_model(tmp_path, 2, {"id2label": misnamed}))
    assert opinion.contradict(PAIRS)[0] < 0.1


def test_both_orders_and_any_batch_give_the_same_answer(tmp_path):
    opinion = SecondOpinion(write_model(tmp_path, 0))
    turned = [(b, a) for a, b in PAIRS]
    alone = [opinion.contradict([pair])[0] for pair in PAIRS]
    assert opinion.contradict(PAIRS) == opinion.contradict(turned) == alone
    many = opinion.contradict(PAIRS * BATCH)
    assert many == alone * BATCH


def test_it_is_known_by_the_hash_of_its_file(tmp_path):
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder, label in zip(folders, (0, 0, 1), strict=True):
        folder.mkdir()
        write_model(folder, label)
    digests = [SecondOpinion(folder).digest for folder in folders]
    assert digests[0] == digests[1] != digests[2]


def test_a_model_that_tells_nothing_apart_is_refused(tmp_path):
    write_model(tmp_path, 0)
    model = onnx.load(str(tmp_path / "model.onnx"))
    for tensor in model.graph.initializer:
        if tensor.name == "weights":
            empty = numpy.zeros((len(WORDS), 3), dtype=numpy.float32)
            tensor.CopyFrom(numpy_helper.from_array(empty, "weights"))
    onnx.save(model, str(tmp_path / "model.onnx"))
    with pytest.raises(ModelUnusable, match=r"config\.json"):
        SecondOpinion(tmp_path)


def test_a_folder_without_a_model_is_refused_by_name(tmp_path):
    with pytest.raises(ModelUnusable, match=r"model\.onnx"):
        SecondOpinion(tmp_path)
