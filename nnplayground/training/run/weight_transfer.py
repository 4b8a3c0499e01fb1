"""What one run takes over from another, when an edit of the document keeps what was learned."""

from __future__ import annotations

from dataclasses import dataclass

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.optimizers import OptimizerState
from nnplayground.engine.transfer import carry_over
from nnplayground.project.changes import EditPlan
from nnplayground.project.pairing import Pairing
from nnplayground.training.run.history import History
from nnplayground.training.run.prepare import Prepared
from nnplayground.training.run.start import pin
from nnplayground.training.run.stopping import Rules
from nnplayground.training.run.trained_state import Standing


@dataclass(frozen=True, eq=False)
class TransferredState:
    """Where a run stands, for the run of the project `plan.new` that goes on from there.

    `parameters` is the flat vector of the network of this `architecture` on these `data`, `best` that of the best epoch
    as `rules` know it. The arrays are those of the run, so they hold only until that one goes on; `history` goes on by
    itself.
    """

    plan: EditPlan
    architecture: Architecture
    data: Prepared
    parameters: Floats
    best: Floats
    memory: OptimizerState
    rules: Rules
    history: History
    standing: Standing

    @property
    def has_trained(self) -> bool:
        """Whether there is anything to go on from; what was measured before the first step is forgotten."""
        return self.standing.steps > 0

    def pairing_with(self, architecture: Architecture, data: Prepared) -> Pairing:
        """Return which layers, units and inputs of a network on its data are which of this one."""
        return self.plan.pairing.completed(self.architecture, self.data.features, architecture, data.features)

    def write_weights(self, parameters: Floats, architecture: Architecture, data: Prepared) -> None:
        """Write the weights into the `parameters` of the next network, where they have a place there."""
        pairs = self.pairing_with(architecture, data).matrix_pairs
        carry_over(self.architecture, self.parameters, architecture, parameters, pairs=pairs)
        pin(parameters, self.plan.new.network.frozen, architecture)

    def has_same_steps(self, architecture: Architecture, data: Prepared) -> bool:
        """Tell whether the optimizer's memory has a meaning for the next network: the same numbers take steps."""
        return self.plan.same_optimizer and self.pairing_with(architecture, data).is_complete

    def has_same_costs(self, architecture: Architecture, data: Prepared) -> bool:
        """Tell whether equal weights cost the same in both networks, so that one best epoch holds for both."""
        is_same_cost = self.data is data and self.data.rule.cost == data.rule.cost
        return is_same_cost and self.architecture == architecture
