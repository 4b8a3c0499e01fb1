"""The English of all messages: a template for each id, with named places for the facts.

Those about data stand in `data_texts`. `explain.words` fills the places. An id begins with what it is about; those of
causes are the ids of the findings that `train --json` prints, and have no beginning.
"""

from __future__ import annotations

from nnplayground.explain.data_texts import DATA_TEXTS
from nnplayground.explain.templates import Plural, Text
from nnplayground.training.run.parts import Part

PARTS: dict[Part, str] = {"train": "training", "validation": "validation", "test": "test"}
"""What each part of the data is called in a sentence."""

PHRASES: dict[str, Text] = {
    "phrase.epochs": Plural("epochs", "{epochs:,} epoch", "{epochs:,} epochs"),
    "phrase.runs": Plural("runs", "{runs:,} run", "{runs:,} runs"),
    "phrase.chosen_on": "chosen on the {part:part} part",
    "phrase.of_scaled": Plural("targets", " of the scaled target", " of the scaled targets"),
    "phrase.dead": ", and {share:share} of the units of a layer are dead",
    "phrase.kinks": Plural(
        "kinks",
        " {kinks:,} place at a kink, or where the numbers are too large to measure, was left out.",
        " {kinks:,} places at a kink, or where the numbers are too large to measure, were left out.",
    ),
    "phrase.and_more": "{names} and {more:,} more",
    "phrase.last_of_two": "{first} and {last}",
    "phrase.no_target": Plural(
        "left_out", "{left_out:,} without a target is left out", "{left_out:,} without a target are left out"
    ),
    "phrase.inputs": Plural("inputs", "{inputs:,} input", "{inputs:,} inputs"),
    "phrase.inputs_made": Plural(
        "columns", "{inputs} made of {columns:,} column", "{inputs} made of {columns:,} columns"
    ),
    "phrase.text_in": "the text in {columns:names}",
    "phrase.dates_in": "the dates in {columns:names}",
    "phrase.row_numbers_in": "the row numbers in {columns:names}",
    "phrase.text_column": "{column:name} {values}",
    "phrase.output": "the output",
    "phrase.layer": "layer {number}",
}
"""Parts of sentences that several sentences share."""

STOPS: dict[str, Text] = {
    "stop.target_cost": "The training cost{scaled_targets:of_scaled} {cost:.3g} has reached the target {target:.3g}.",
    "stop.flat": (
        "The training cost{scaled_targets:of_scaled} has not fallen by {min_delta:g} below {best:.3g} "
        "for {waited:,} epochs."
    ),
    "stop.patience": (
        "The {part:part} cost{scaled_targets:of_scaled} has not fallen by {min_delta:g} below {best:.3g} "
        "for {waited:,} epochs; the weights of epoch {best_epoch:,}, the best, chosen on the {part:part} part, "
        "are back."
    ),
    "stop.gradient_norm": "The gradient has the length {length:.3g}, not more than {limit:.3g}.",
    "stop.max_epochs": Plural(
        "epochs", "{epochs:,} epoch is done, as asked for.", "{epochs:,} epochs are done, as asked for."
    ),
    "stop.diverged": (
        "Training diverged in epoch {epoch:,}: the numbers grew beyond all bounds. The last finite weights are kept. "
        "Try a smaller learning rate than {rate:g}, then restart."
    ),
    "stop.cannot_begin": (
        "The cost of the first weights is beyond all bounds. "
        "Choose smaller first weights or fewer layers, or scale the inputs."
    ),
}
"""Why a run stopped, by the rule."""

CAUSES: dict[str, Text] = {
    "targets_unscaled": (
        "Nothing is learned, as {target} lies between {low:short} and {high:short}, far from the size of 1 with which "
        "a network learns well. Scale the target."
    ),
    "inputs_unscaled": (
        "The inputs are of very different size, or far from 0: {input} lies between {low:short} and {high:short}. "
        "The neurons hardly tell the samples apart. Scale the inputs."
    ),
    "out_of_reach": (
        "The target lies between {low:short} and {high:short}, which {activation:activation} outputs cannot answer. "
        "Take linear outputs."
    ),
    "rate_too_large": (
        "The learning rate {rate:,g} is too large: the cost rose from {first:.3g} to {highest:.3g}{dead:if_dead}. "
        "Start again with a tenth of it."
    ),
    "dead_units": (
        "Layer {layer} is dead: {share:share} of its {activation:activation} units answer the same to every sample, "
        "and no gradient gets through them. Draw other weights, or take leaky ReLU."
    ),
    "saturated_units": (
        "In layer {layer}, {share:share} of the answers come from the flat ends of {activation:activation}, where it "
        "hardly learns. Draw other weights, or smaller ones."
    ),
    "rate_too_small": (
        "The learning rate {rate:,g} is too small: after {epochs:,} epochs the weights have hardly moved. "
        "Take ten times as much."
    ),
    "answers_mean": (
        "The network answers about the mean to everything (R² {score:.2f}), and the cost stands still. "
        "Give it hidden neurons, other features, or a larger learning rate."
    ),
    "answers_one_class": (
        "The network takes every sample for {class}; its accuracy of {share:share} is the share of that class. "
        "Give it hidden neurons, other weights, or a larger learning rate."
    ),
}
"""Why nothing is learned, and what mends it."""

REMEDIES: dict[str, Text] = {
    "remedy.scale_target": "Scale the target",
    "remedy.scale_target.help": "Standardize the target for training. Training starts over; undo takes it back.",
    "remedy.scale_inputs": "Scale the inputs",
    "remedy.scale_inputs.help": "Standardize the inputs; undo takes it back.",
    "remedy.linear_outputs": "Linear outputs",
    "remedy.linear_outputs.help": (
        "Take outputs that can answer any number. Training starts over; undo takes it back."
    ),
    "remedy.smaller_rate": "A tenth of the rate",
    "remedy.smaller_rate.help": "Back to epoch 0 with a tenth of the learning rate; undo brings it back.",
    "remedy.new_weights": "New weights",
    "remedy.new_weights.help": "Draw other first weights. Training starts over; undo takes it back.",
    "remedy.larger_rate": "Ten times the rate",
    "remedy.larger_rate.help": "Train on with ten times the learning rate.",
}
"""The edits that mend causes: their names, and what they do."""

LAYERS: dict[str, Text] = {
    "layers.not_finite": "Not finite: the steps were too large.",
    "layers.weights_not_finite": "Not finite in {layer:layer}: the steps were too large.",
    "layers.weights_equal": "All weights of {layer:layer} are equal: draw them at random.",
    "layers.weights": "The wider they are, the sharper the layer answers.",
    "layers.much_wider": "{layer:Layer} is {ratio:times} times as wide as at the start: very steep.",
    "layers.wider": "{layer:Layer} grew most: {ratio:times} times as wide as at the start.",
    "layers.narrower": "{layer:Layer} shrank to {ratio:.2g} of its first width, as penalties do.",
    "layers.same_width": "About as wide as at the start. The wider, the steeper a layer answers.",
    "layers.answers_not_finite": "Not finite in {layer:layer}: the weights are too large.",
    "layers.only_output": "The answers of the network: far apart means sure.",
    "layers.all_alike": "In {layer:layer} all samples look the same: nothing passes.",
    "layers.flatter": "{ratio:times} times flatter from {first:layer} to {last:layer}: samples look alike.",
    "layers.steeper": "{ratio:times} times steeper from {first:layer} to {last:layer}.",
    "layers.samples_differ": "Samples differ in every layer. Heaps at the ends: saturated.",
    "layers.gradient_nearly_zero": "Nearly 0 everywhere: it has settled, or it is stuck.",
    "layers.no_gradient": "Nothing reaches {layer:layer}: it cannot learn.",
    "layers.one_gradient": "Narrower than at the start: less is left to learn.",
    "layers.vanishes": "{first:Layer} gets {ratio:times} times less than {last:layer}: the gradient vanishes.",
    "layers.learns_slowly": "{first:Layer} gets {ratio:times} times less than {last:layer}: it learns slowly.",
    "layers.explodes": "{first:Layer} gets {ratio:times} times more than {last:layer}: the gradient explodes.",
    "layers.each_learns": "All layers within a factor of {ratio:times}: each can learn.",
    "layers.none_dead": "None: every unit passes on a gradient.",
    "layers.dead": "{dead:,} of {units:,} in {layer:layer} let no gradient through.",
    "layers.flat_output": "A sure output is flat; inside, nothing can be.",
    "layers.flat_ends": "{layer:Layer}: {share:narrow_share} from flat ends: it learns slowly.",
    "layers.flat": "{layer:Layer}: {share:narrow_share} flat: little passes.",
    "layers.never_flat": "Nowhere inside: every unit can move.",
    "layers.seldom_flat": "Inside at most {share:narrow_share}, in {layer:layer}: it can move.",
    "layers.half_flat": "For functions like ReLU about a half is healthy.",
    "trend.early": "Train some epochs. A line far below the others: that layer hardly learns.",
    "trend.zero": "0 in every layer: nothing changes any more.",
    "trend.settles": "{ratio:times} times smaller than in the first epochs: it settles.",
    "trend.grows": "{ratio:times} times larger than in the first epochs: try a smaller learning rate.",
    "trend.together": "The layers keep together. A line far below the others hardly learns.",
}
"""What there is to see inside the layers, and in their gradients over the epochs."""

PAIRS: dict[str, Text] = {
    "pair.step": (
        "A step has no slope, so nothing can learn; {usual:outputs} outputs are the usual choice with this cost."
    ),
    "pair.margin": (
        "Tanh never quite reaches the margin of 1 that this cost asks for, so no sample is done; {usual:outputs} "
        "outputs are the usual choice with this cost."
    ),
    "pair.each_class": (
        "Every class gets a yes or no of its own; to choose one of several, take softmax and cross-entropy."
    ),
    "pair.slope_fades": (
        "Works, but where an output is far wrong its slope fades and it learns slowly; {better:cost} does not fade."
    ),
    "pair.overshoots": (
        "The outputs may overshoot the targets, which counts as wrong; sigmoid or softmax outputs cannot."
    ),
    "pair.reach_up": (
        "The outputs reach from {low:.3g} up, but the target goes from {least:.3g} to {most:.3g}; {usual:outputs} "
        "outputs are the usual choice with this cost."
    ),
    "pair.reach": (
        "The outputs reach from {low:.3g} to {high:.3g}, but the target goes from {least:.3g} to {most:.3g}; "
        "{usual:outputs} outputs are the usual choice with this cost."
    ),
}
"""How an output activation and a cost go together."""

GRADIENT_CHECK: dict[str, Text] = {
    "check.not_finite": (
        "The cost or its gradient is beyond all bounds, so there is nothing to compare; restart the training."
    ),
    "check.nothing": "Nothing could be compared.{kinks:if_kinks}",
    "check.agrees": (
        "Backpropagation and finite differences agree at {compared:,} places; the largest relative error is "
        "{error:.1e} ({place}).{kinks:if_kinks}"
    ),
    "check.disagrees": (
        "Backpropagation and finite differences do NOT agree at {compared:,} places; the largest relative error is "
        "{error:.1e} ({place}).{kinks:if_kinks}"
    ),
    "place.direction": "random direction {number}",
    "place.output_weight": "output layer, {unit} {number}, weight {input}",
    "place.output_bias": "output layer, {unit} {number}, bias",
    "place.weight": "layer {layer}, {unit} {number}, weight {input}",
    "place.bias": "layer {layer}, {unit} {number}, bias",
}
"""The outcome of a gradient check, and what the worst derivative is one of."""

EDIT_CAUSES = {
    "seed": "the seed",
    "initial_weights": "the initial weights",
    "cost": "the cost function",
    "output_activation": "the output activation",
    "target_scaling": "the scaling of the target",
    "data": "the data",
}
"""What makes training start over, by the values of `project.changes.Cause`."""

EDITS: dict[str, Text] = {
    "edit.started_over": "Training started over, because {cause:edit_cause} changed.",
    "edit.weights_not_kept": "Training started over with new weights, because “Keep weights” is off.",
    "edit.start_values_left_out": (
        "The start values of the file no longer fit and are left out, so Restart draws new ones; undo brings them back."
    ),
    "edit.neighbours_swapped": (
        "Layers {first} and {last} changed places: weights between layers that were not neighbours before start anew, "
        "all others are kept."
    ),
    "edit.layers_moved": (
        "Layers {first} to {last} changed places: weights between layers that were not neighbours before start anew, "
        "all others are kept."
    ),
}
"""What an edit of the document costs."""

ADVICE: dict[str, Text] = {
    "advice.pictures": "Choose pictures as data, such as the digits, or undo.",
}
"""What to do where nothing can be trained."""

REOPENED: dict[str, Text] = {
    "reopened.opened": "Opened {file} as it was trained: {results:words}",
    "reopened.best_epoch": "the weights of epoch {epoch:,}, the best of {epochs:,}, {chosen}",
    "reopened.right": "{score:percent} on the {part:part} part",
    "reopened.fit": "R² {score:fit} on the {part:part} part",
    "reopened.then_train": "{opened}; training goes on from there.",
    "reopened.then_play": "{opened}; Play goes on from there.",
    "reopened.only": "{opened}.",
    "reopened.counted_anew": ("{epochs:,} epochs are more than a curve can leave open; they are counted from 0 again."),
    "reopened.answers_otherwise": (
        "The data have changed since the training, and so has their scaling; the network answers otherwise than before."
    ),
    "reopened.adapted": (
        "The data have changed since the training, and so has their scaling; the weights were adapted to it, so that "
        "the network answers as before."
    ),
    "reopened.other_cost": (
        "The data have changed since the training: the {part:part} cost was {then:.4g} and is {now:.4g} now."
    ),
    "reopened.unknown_cost": (
        "The data have changed since the training: the {part:part} cost was {then:.4g} and is unknown now."
    ),
}
"""What was opened with a trained network, and what there is to know about it."""

_PAST_BEST = "Training ended with epoch {epoch:,}, past its best, epoch {best:,}, {chosen}"
TRAINED: dict[str, Text] = {
    "observation.failed": (
        "Something that is shown of the network could not be computed ({problem}); training goes on without it."
    ),
    "past_best.offered": f"{_PAST_BEST}; --best exports that one.",
    "past_best.restored": f"{_PAST_BEST}.",
    "past_best.exported": f"{_PAST_BEST}; its network is exported.",
}
"""What is said while and after training: where it went on past its best epoch, what could not be observed."""

LUCK: dict[str, Text] = {
    "luck.all_diverged": "Every run diverged, so this says nothing of luck. Choose a smaller learning rate.",
    "luck.nothing_learned": (
        "In half of the runs the cost has not fallen; train for more epochs to see what luck does.{lost:words}"
    ),
    "luck.decides_success": (
        "The curves lie close together, yet luck in {what} decides which runs reach the limit. {numbers}"
    ),
    "luck.matters_little": "The curves lie close together: luck in {what} matters little here. {numbers}",
    "luck.matters": "The curves lie somewhat apart: luck in {what} matters here. {numbers}",
    "luck.decides": (
        "The curves lie far apart: luck in {what} decides much here, so do not judge by one run. {numbers}"
    ),
    "luck.in_weights": "the first weights",
    "luck.in_all": "all that is drawn at random",
    "luck.numbers": (
        "The middle 80 % end within {apart:number} of each other; the median fell by {gain:number}.{lost:words}"
    ),
    "luck.diverged": Plural("diverged", " One diverged.", " {diverged:,} of {runs:,} diverged."),
}
"""What many seeds tell of luck."""

TEXTS: dict[str, Text] = {
    **PHRASES, **STOPS, **CAUSES, **REMEDIES, **LAYERS, **PAIRS, **GRADIENT_CHECK, **EDITS, **ADVICE, **REOPENED,
    **TRAINED, **LUCK, **DATA_TEXTS,
}  # fmt: skip
"""All of them, with those of the data."""
