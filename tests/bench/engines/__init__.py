"""Who answers: the project, peers and the limit. One file each."""

from tests.bench.engines.duck import Duck
from tests.bench.engines.engine import Engine
from tests.bench.engines.kernel import Kernel
from tests.bench.engines.panda import Panda
from tests.bench.engines.polar import Polar
from tests.bench.engines.postgis import PostgisBest, PostgisTypical
from tests.bench.engines.project import Project, ProjectSearching, ProjectTelling
from tests.bench.engines.tantivy_index import Tantivy

ENGINES: tuple[type[Engine], ...] = (
    Project,
    ProjectSearching,
    ProjectTelling,
    Kernel,
    PostgisBest,
    PostgisTypical,
    Duck,
    Panda,
    Polar,
    Tantivy,
)
"""The first is the project: the others are compared with it."""

__all__ = ["ENGINES", "Engine"]
