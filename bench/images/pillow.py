"""The outputs of bench/images by Pillow, at its best: one decode at the decoder's scale, each from the next larger.

pillow.py PATH OUT QUALITY METHOD JPEG_QUALITY JPEG_LONG_EDGE SIZE... (sizes as WIDTHxHEIGHT, largest first)
"""

import sys

from PIL import Image, ImageOps


def size_of(text):
    width, height = text.split('x')
    return int(width), int(height)


def main(path, out, quality, method, jpeg_quality, jpeg_long_edge, *sizes):
    picture = Image.open(path)
    largest = size_of(sizes[0])
    picture.draft('RGB', largest)
    picture = ImageOps.exif_transpose(picture).resize(largest, Image.Resampling.LANCZOS, reducing_gap=None)
    for size in map(size_of, sizes):
        if picture.size != size:
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        if max(size) == int(jpeg_long_edge):
            picture.save(f'{out}/{max(size)}.jpeg', quality=int(jpeg_quality), icc_profile=None)
        picture.save(f'{out}/{max(size)}.webp', quality=int(quality), method=int(method), icc_profile=None)


main(*sys.argv[1:])
