"""Running one job here and now, as a worker would."""

from generation import queue
from generation.engine.render.client import Renderer
from generation.execution import Execution
from generation.models import Job


def run(renderer: Renderer | None, job: Job) -> Job:
    """Claim the job, run it to its end and return it as it is then. An export needs no renderer."""
    claimed = queue.take(job.pk, "one")
    assert claimed is not None
    Execution(claimed, renderer).run()  # type: ignore[arg-type]
    job.refresh_from_db()
    return job
