"""Files of sound and video for tests, made of bytes: no encoder is needed."""

from __future__ import annotations

import io
import struct
import wave

CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:01.000\nRain at last.\n"


def sound(seconds: float = 1, seed: int = 0) -> bytes:
    """A WAV file of silence, with ``seed`` in it, so that two differ."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(1)
        written.setframerate(8_000)
        frames = bytearray(b"\x80" * round(8_000 * seconds))
        frames[:4] = struct.pack("<I", seed)
        written.writeframes(bytes(frames))
    return file.getvalue()


def mp3(frames: int = 77, tags: bytes = b"") -> bytes:
    """An MP3 file of silence: 128 kbit/s at 44.1 kHz, 77 frames are two seconds."""
    return tags + (b"\xff\xfb\x90\xc4" + bytes(413)) * frames


def box(name: bytes, *parts: bytes) -> bytes:
    """A box of ISO/IEC 14496-12."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def mp4(
    seconds: int = 5, handlers: tuple[bytes, ...] = (b"vide", b"soun"), location: bytes = b""
) -> bytes:
    """An MP4 file with tracks of these kinds and nothing in them, made at that ``location``."""
    length = struct.pack(">IIII", 0, 0, 1_000, seconds * 1_000)
    movie = box(b"mvhd", b"\0" * 4, length, b"\0" * 80)
    tracks = [_track(each, length) for each in handlers]
    said = struct.pack(">HH", len(location), 0x15C7) + location
    places = [box(b"udta", box(b"\xa9xyz", said))] if location else []
    index = box(b"moov", movie, *tracks, *places)
    return box(b"ftyp", b"isom", b"\0" * 4) + index + box(b"mdat", b"\0" * 64)


def _track(handler: bytes, length: bytes) -> bytes:
    told = box(b"hdlr", b"\0" * 8, handler, b"\0" * 12, b"\0")
    return box(b"trak", box(b"mdia", box(b"mdhd", b"\0" * 4, length, b"\0" * 4), told))


def webm(codec: bytes = b"V_VP9") -> bytes:
    """The head of a WebM file."""
    return b"\x1aE\xdf\xa3\x9fB\x82\x84webm" + bytes(40) + b"\x86\x85" + codec + bytes(200)
