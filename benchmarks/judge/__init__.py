"""Scores a picture against its content and its style: `python -m benchmarks.judge OUTPUT CONTENT STYLE`.

Lower is better everywhere, and an output is judged by all of it together: better style bought with lost content is no
win. It shares nothing with the losses by which pictures are painted, so that no change there can move the yardstick.

    style_vgg    how far VGG-19's features are from the style's (`style.py`)
    style_patch  how far patches of pixels are from the style's, without any network (`patches.py`)
    content_vgg  how much of the content's structure is lost (`content.py`)
    lpips        how far the output is from the content, as the field measures it (`lpips.py`)
    dead         the share of the output that has less texture than the style ever has (`dead.py`)
"""
