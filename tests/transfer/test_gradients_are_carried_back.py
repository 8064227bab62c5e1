import torch

from transfer.engine.backward import carried_back

PROGRAM = """
import sys, torch
from transfer.engine.backward import carried_back
pixels = torch.ones(1, 3, 4, 4, requires_grad=True)
carried_back([pixels * 2], [torch.ones(1, 3, 4, 4)], pixels)
print('sympy' in sys.modules)
torch.autograd.grad([pixels * 2], pixels, [torch.ones(1, 3, 4, 4)])
print('sympy' in sys.modules)
"""


def test_it_is_the_gradient_that_autograd_finds(network):
    pixels = torch.rand(1, 3, 32, 24, requires_grad=True)
    found = []
    for way in (carried_back, lambda outputs, given, at: torch.autograd.grad(outputs, at, given)[0]):
        outputs = list(network(pixels).values())
        found.append(way(outputs, [torch.sin(output.detach() * 50) for output in outputs], pixels))
    assert torch.equal(*found)
    assert float(found[0].abs().max()) > 0


def test_it_needs_no_sympy_where_autograd_alone_would(run_python):
    assert run_python("-c", PROGRAM).stdout.split() == ["False", "True"]
