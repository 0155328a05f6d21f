"""Where a project file lies: SQLite's locks do not hold on network file systems."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
NETWORK_FILE_SYSTEMS = {
    *("9p", "afs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4"),
    *("ocfs2", "orangefs", "pvfs2", "smb3", "smbfs", "fuse.ceph", "fuse.cifs", "fuse.curlftpfs", "fuse.davfs2"),
    *("fuse.gcsfuse", "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.mount.davfs", "fuse.rclone", "fuse.s3fs"),
    *("fuse.smbnetfs", "fuse.sshfs"),
}
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_file_system(folder: Path, mounts: str) -> str | None:
    """The kind of network file system a folder lies on, by the system's table of mounts; None where it is local."""
    kinds = {}
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) > 2:
            kinds[_ESCAPED.sub(lambda found: chr(int(found[1], 8)), parts[1])] = parts[2]  # the last one lies on top
    whole = folder.resolve()
    kind = next((kinds[str(place)] for place in (whole, *whole.parents) if str(place) in kinds), None)
    return kind if kind in NETWORK_FILE_SYSTEMS else None


def read_mounts() -> str:
    """The system's table of mounts; empty where it has none."""
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
