from transfer import errors
from transfer.errors import TransferError


def test_the_tree_in_the_docstring_is_the_tree_of_classes():
    children = TransferError.__subclasses__()
    drawn = [line.split()[1] for line in errors.__doc__.splitlines() if "──" in line]
    assert drawn == [child.__name__ for child in children]
