"""moonshine's graphs: texts side by side, and one after the other."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.ports import HEARING_RATE
from voicecoach.audio.recognisers.decoder import Graphs, Listening
from voicecoach.audio.recognisers.moonshine import model_folder
from voicecoach.audio.recognisers.tokens import END

TEXTS = tuple((*range(300 + 7 * size, 300 + 8 * size), END) for size in range(1, 8))
ROUNDED = 2.0  # nats: it reckons in whole numbers, scaled by all that is reckoned at once


@pytest.fixture(scope="module")
def graphs() -> Graphs:
    folder = model_folder()
    if folder is None:
        pytest.skip("needs a wheel of moonshine-voice")
    return Graphs(folder / "encoder_model.ort", folder / "decoder_model_merged.ort")


@pytest.fixture
def listening(graphs: Graphs) -> Listening:
    hum = 0.1 * np.sin(np.arange(HEARING_RATE) / 20)
    return graphs.listen(hum.astype(np.float32))


def test_a_text_written_beside_others_is_as_likely_as_alone(listening: Listening) -> None:
    tokens = [int(token) for token in np.argsort(listening.begin()[0])[-5:]]
    together = listening.go_on(np.zeros(5, np.int64), np.array(tokens))
    for row, token in enumerate(tokens):
        listening.begin()
        (alone,) = listening.go_on(np.array([0]), np.array([token]))
        assert together[row].argmax() == alone.argmax()
        assert together[row].max() == pytest.approx(alone.max(), abs=ROUNDED)


def test_each_of_many_texts_is_weighed_as_if_alone(listening: Listening) -> None:
    alone = [listening.weigh([text])[0] for text in TEXTS]
    assert listening.weigh(TEXTS) == pytest.approx(alone, abs=ROUNDED)
    assert max(alone) - min(alone) > 10 * ROUNDED


def test_texts_can_be_weighed_while_another_is_written(listening: Listening) -> None:
    token = int(listening.begin()[0].argmax())
    undisturbed = listening.go_on(np.array([0]), np.array([token]))
    listening.begin()
    listening.weigh(TEXTS)
    np.testing.assert_array_equal(listening.go_on(np.array([0]), np.array([token])), undisturbed)
