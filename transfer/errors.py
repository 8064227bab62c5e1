"""Everything that the render core raises on purpose.

    TransferError
    ├── PictureError      a picture that cannot be read, or is unusable as content or style
    ├── ClipError         a clip that cannot be read, has no frames, or is over a limit
    ├── MaskError         a mask that does not fit its picture, or labels without a partner
    ├── WeightsError      a weight file that is missing, corrupt, or of another network
    ├── CheckpointError   a checkpoint that is damaged, or of another render
    ├── PlanError         a render that does not fit into the memory it is given
    ├── KindError         a kind of work that this installation does not know
    ├── DeviceError       a device that failed or was taken away; another process may go on elsewhere
    └── RenderError       a render that cannot go on, such as a loss that is not finite

Each message is one sentence for the person who asked: what is wrong and how to mend it.
"""


class TransferError(Exception):
    """Base of all errors raised by `transfer`; catch this to show a message instead of a traceback."""


class PictureError(TransferError):
    """A picture cannot be read, or is unusable as content or style."""


class ClipError(TransferError):
    """A clip cannot be read, has no frames, or is over a limit."""


class MaskError(TransferError):
    """A mask does not fit the picture that it belongs to, or its labels have no partner."""


class WeightsError(TransferError):
    """A weight file is missing, corrupt, or belongs to another network."""


class CheckpointError(TransferError):
    """A checkpoint is damaged, or belongs to another render."""


class PlanError(TransferError):
    """A render does not fit into the memory that it is given."""


class KindError(TransferError):
    """A kind of work is asked for that this installation does not know."""


class DeviceError(TransferError):
    """A device failed or was taken away; another process may go on elsewhere."""


class RenderError(TransferError):
    """A render cannot go on."""
