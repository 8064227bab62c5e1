import pytest
import torch

from transfer.features.network import Head


@pytest.fixture(params=[(4, 9), (6, 6), (7, 3)], ids=lambda shape: f"{shape[0]}_to_{shape[1]}")
def head(request):
    made = Head.untrained(*request.param).double().requires_grad_(False)
    torch.nn.init.normal_(made.bias)
    return made


@pytest.fixture
def pair(head):
    return torch.randn(2, 1, head.weight.shape[1], 5, 6, dtype=torch.float64)


def test_a_head_is_the_same_linear_map_at_every_place(head, pair):
    one = pair[0]
    expected = torch.einsum("oi,bihw->bohw", head.weight, one) + head.bias[:, None, None]
    assert torch.allclose(head(one), expected)


def test_a_compact_head_keeps_all_distances(head, pair):
    small = head.compact()
    whole, compact = ((seen(pair[0]) - seen(pair[1])).norm(dim=1) for seen in (head, small))
    assert torch.allclose(whole, compact)


def test_a_compact_head_keeps_all_inner_products(head, pair):
    small = head.compact()
    whole, compact = ((seen(pair[0]) * seen(pair[1])).sum(1) for seen in (head, small))
    assert torch.allclose(whole, compact)


def test_a_compact_head_keeps_the_norms_of_gram_matrices_and_of_their_differences(head, pair):
    def gram(seen, features):
        vectors = seen(features).flatten(2)[0]
        return vectors @ vectors.T / vectors.shape[1]

    small = head.compact()
    for one, other in ((pair[0], torch.zeros_like(pair[0])), (pair[0], pair[1])):
        whole, compact = ((gram(seen, one) - gram(seen, other)).norm() for seen in (head, small))
        assert torch.allclose(whole, compact)


def test_a_compact_head_has_at_most_one_channel_more_than_its_input(head):
    assert len(head.compact().bias) <= head.weight.shape[1] + 1


def test_a_compact_head_asks_for_no_gradient_of_its_weights():
    assert not any(parameter.requires_grad for parameter in Head.untrained(3, 8).compact().parameters())
