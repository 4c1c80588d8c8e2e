"""Scores answers to a career quiz from data frames: the same results as the program `rolescope`."""

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any, Literal, Protocol, final

__version__: str

class _ArrowStream(Protocol):
    """A data frame with Arrow's capsules: of polars, pyarrow, or pandas from 2.2 on."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

class RolescopeError(ValueError):
    """What was given cannot be scored; the message says where, what was found and what would be right.

    Where a cell is no answer, the attributes tell of the first such cell.
    """

    row: int
    column: str
    value: str
    reason: str

@final
class Pack:
    """A pack: traits, questions and roles, read once for many calls."""

    def __new__(cls, path: str | PathLike[str] | None = None) -> Pack:
        """Reads the pack in a folder; without one, the built-in pack."""
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...

@final
class Table:
    """Columns of one length, which libraries of data frames take over without a copy."""

    @property
    def column_names(self) -> list[str]: ...
    @property
    def num_rows(self) -> int: ...
    @property
    def rejected(self) -> Table | None:
        """The cells for which rows were left out: `row` from 0, `column`, `value`, `reason`."""
    def __len__(self) -> int: ...
    def to_pydict(self) -> dict[str, list[Any]]:
        """The columns as lists by their names."""
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

def score(
    data: _ArrowStream | Mapping[str, Any],
    *,
    top: int | Literal["all"] = 5,
    id: str | None = None,
    pack: Pack | str | PathLike[str] | None = None,
    family: str | None = None,
    aptitude_weight: float = 1.0,
    reachable: bool = False,
    partial: bool = False,
    missing: str | Sequence[str] | None = None,
    codes: str | Sequence[str] | None = None,
    on_reject: Literal["raise", "skip"] = "raise",
    jobs: int | None = None,
) -> Table:
    """Scores the people of a data frame and gives columns: those of `rolescope score -f csv`."""

def score_csv(
    data: _ArrowStream | Mapping[str, Any],
    *,
    top: int | Literal["all"] = 5,
    id: str | None = None,
    pack: Pack | str | PathLike[str] | None = None,
    family: str | None = None,
    aptitude_weight: float = 1.0,
    reachable: bool = False,
    partial: bool = False,
    missing: str | Sequence[str] | None = None,
    codes: str | Sequence[str] | None = None,
    on_reject: Literal["raise", "skip"] = "raise",
    jobs: int | None = None,
) -> bytes:
    """Scores the people of a data frame and gives the bytes that `rolescope score -f csv` writes."""

def roles(
    *, pack: Pack | str | PathLike[str] | None = None, family: str | None = None
) -> Table:
    """The roles of a pack, or of one family of it: `id`, `name`, `family`, `reach`."""

def questions(*, pack: Pack | str | PathLike[str] | None = None) -> Table:
    """The questions of a pack, which are its columns: `id`, `text`, `answers`."""
