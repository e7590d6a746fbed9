"""The fit of choices by named cues: pairs of cues get a weight where single ones do not tell enough."""

from __future__ import annotations

from samples.choices import Choices, choice_weights


def _either_but_not_both() -> Choices:
    """Choices whose right option has one of two cues, never both and never none."""
    made = Choices()
    for n in range(120):
        right = {"large": 1.0} if n % 2 else {"bold": 1.0}
        wrong = {"large": 1.0, "bold": 1.0} if n % 3 else {"plain": 1.0}
        made.choose([made.row(right), made.row(wrong)], 2 * n)
    return made


def test_a_pair_of_cues_gets_a_weight_where_the_loss_asks_for_one() -> None:
    made = _either_but_not_both()
    single, paired = choice_weights(made, {}, 1.0), choice_weights(made, {}, 1.0, pairs=3)
    assert [name for name in single if "&" in name] == []
    assert [name for name in paired if "&" in name] == ["bold & large"]
    assert paired["bold & large"] < -1.0
    both = paired["bold"] + paired["large"] + paired["bold & large"]
    assert both < paired["plain"] < min(paired["bold"], paired["large"])


def test_weights_that_nothing_speaks_for_stay_where_they_are_drawn_to() -> None:
    made = Choices()
    made.choose([made.row({"first": 1.0}), made.row({"second": 1.0})], 0)
    table = choice_weights(made, {"elsewhere": 0.7}, 2.0)
    assert table["elsewhere"] == 0.7
    assert table["first"] > 0 > table["second"]
