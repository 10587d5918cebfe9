"""Columns in shared memory, by numpy; without numpy columns cross inline."""
import os

try:
    import numpy
except ImportError:
    numpy = None

FEATURES = ["columns.mapped"] if numpy else []
KINDS = {"decimal": "<i8", "integer": "<i8", "text": "<i4", "date": "<i4", "boolean": "|b1"}


def share(frame, files):
    """The frame with its cells in memory files, which are added to `files` and must stay open until they were read."""
    columns = []
    for column in frame["columns"]:
        cells, kind = column["values"], KINDS[column["type"]]
        shared = {key: value for key, value in column.items() if key != "values"}
        shared["npy"] = memory_file([0 if cell is None else cell for cell in cells], kind, files)
        if None in cells:
            shared["missing"] = memory_file([cell is None for cell in cells], "|b1", files)
        columns.append(shared)
    return {**frame, "columns": columns}


def memory_file(cells, kind, files):
    file = os.fdopen(os.memfd_create("columns"), "wb")
    numpy.save(file, numpy.array(cells, dtype=kind))
    file.flush()
    files.append(file)
    return f"/proc/{os.getpid()}/fd/{file.fileno()}"


def unshare(frame):
    """The frame with all cells inline, wherever they were; an empty cell is None."""
    columns = []
    for column in frame["columns"]:
        if "npy" in column:
            cells = array(column["npy"]).tolist()
            for row in array(column["missing"]).nonzero()[0] if "missing" in column else []:
                cells[row] = None
            column = {**column, "values": cells}
        columns.append(column)
    return {**frame, "columns": columns}


def array(path):
    """The list in a file, read where it lies."""
    return numpy.load(path, mmap_mode="r")


def is_shared(frame):
    return any("npy" in column for column in frame["columns"])
