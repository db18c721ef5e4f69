"""A picture of a page in few colours, so that a dozen of them weigh little in the repository."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page

_COLOURS = 256  # of a palette; a page of text has some thousand, nearly all of them shades of its few
_STEP = 8  # shades nearer than this to one another are one
_PIXELS = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let text = '';
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return { width: image.width, height: image.height, pixels: btoa(text) };
}"""


def small_png(page: Page, png: bytes) -> bytes:
    """`png` again with a palette. The browser that took it reads it, in a page without the desk's policy."""
    reader = page.context.browser.new_page() if page.context.browser else page
    found = reader.evaluate(_PIXELS, base64.b64encode(png).decode())
    reader.close()
    raw = np.frombuffer(base64.b64decode(found["pixels"]), dtype=np.uint8)
    pixels = raw.reshape(found["height"], found["width"], 4)[:, :, :3]
    return _encoded(*_with_palette(pixels))


def _with_palette(pixels: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The index of each pixel's colour, and the colours."""
    coarse = np.minimum(255, (pixels.astype(np.uint32) + _STEP // 2) // _STEP * _STEP)
    packed = coarse[..., 0] << 16 | coarse[..., 1] << 8 | coarse[..., 2]
    colours, of, counts = np.unique(packed, return_inverse=True, return_counts=True)
    kept = np.argsort(-counts)[:_COLOURS]
    rgb = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.int32)
    far = ((rgb[:, None, :] - rgb[None, kept, :]) ** 2).sum(axis=2)
    return far.argmin(axis=1)[of].reshape(packed.shape).astype(np.uint8), rgb[kept].astype(np.uint8)


def _encoded(indices: npt.NDArray[np.uint8], palette: npt.NDArray[np.uint8]) -> bytes:
    height, width = indices.shape
    lines = np.concatenate([np.zeros((height, 1), np.uint8), indices], axis=1)  # each line unfiltered
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
