"""Run by test_cluster.py: a Ray cluster of three nodes on the loopback, a small grid on it, one node killed."""

import json
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from seedbed_engine import events
from seedbed_engine.examples import Options
from seedbed_engine.experiments import grid
from seedbed_engine.experiments.cluster import Cluster
from seedbed_engine.keeping import datasets, experiments, runs, seeds
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.samples import sample_examples
from seedbed_engine.settings import ExperimentSettings, GrowthSettings, TrainingSettings

HEAD, NODES = "127.0.0.2", ("127.0.0.3", "127.0.0.4")  # Ray would take 127.0.0.1 for the machine's outer address


def main(address: str, path: Path) -> None:
    import ray
    from ray.cluster_utils import Cluster as Nodes

    head = {"num_cpus": 0, "include_dashboard": False, "node_ip_address": HEAD}
    nodes = Nodes(initialize_head=True, head_node_args=head)
    workers = [nodes.add_node(num_cpus=1, node_ip_address=address) for address in NODES]
    ray.init(address=nodes.address, log_to_driver=False, _node_ip_address=HEAD)
    try:
        found = _work(nodes, workers, address, path)
    finally:
        ray.shutdown()
        nodes.shutdown()
    sys.stdout.write(json.dumps(found) + "\n")


def _work(nodes: Any, workers: list[Any], address: str, path: Path) -> dict[str, Any]:
    growth = GrowthSettings(creator="hosted", model="test-model", base_url=address, target=12, n=2, concurrency=1)
    settings = replace(
        ExperimentSettings(training=TrainingSettings(epochs=1, seeds=(1,)), growth=growth),
        strategies=("naive", "tree"),
        seed_numbers=(13,),
        out_of_distribution=False,
    )
    cluster = Cluster(nodes.address)
    found: dict[str, Any] = {"nodes": len(cluster.nodes()), "killed": False}
    with create_project(path) as store:
        number = datasets.add_dataset(store, "creak")
        for split in ("train", "test"):
            datasets.add_dataset_examples(store, number, split, sample_examples("creak", split)[:20])
        seeds.add_seed(store, sample_examples("creak", "train")[0], Options.FIXED)
        run = runs.add_run(store, "experiment", settings.to_json(), 1)
        runs.take_lease(store, run)

        def kill_one() -> None:
            time.sleep(6)  # both nodes have begun: a worker needs some seconds to load the encoder
            nodes.remove_node(workers[0], allow_graceful=False)
            found["killed"] = True

        killer = threading.Thread(target=kill_one)
        killer.start()
        told: list[events.Event] = []
        state, sentence, _ = grid.work_on_grid(store, run, settings, cluster, told.append, threading.Event())
        killer.join()
        rows = experiments.read_cells(store, run)
        found |= {"state": state, "sentence": sentence, "looks": [row.looks for row in datasets.read_datasets(store)]}
        found["cells"] = sorted(
            [row["key"]["dataset"], row["key"]["strategy"], row["key"]["seed_number"]] for row in rows
        )
        found["examples"] = [row["examples"] for row in rows]
        files = sorted(grid.folder_of(store.path, run).glob("*.seedbed"))
        found |= {"projects": [file.name for file in files], "sizes": [file.stat().st_size for file in files]}
    return found


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
