"""Files under the hash of their bytes, in a folder of this machine."""

import hashlib
import os
import secrets
from pathlib import Path


class FileStore:
    """Keeps bytes under their SHA-256. The same bytes are kept once; what is stored is never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Store and answer the hash in hex. On disk before this returns: a record may point to it."""
        name = hashlib.sha256(content).hexdigest()
        target = self._path(name)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(f"{secrets.token_hex(6)}.part")
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
        return name

    def read(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name
