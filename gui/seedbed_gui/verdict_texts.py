"""What a verdict says, in the engine's words: names of models, sentences, remarks; as in `engine_texts`."""

from seedbed_gui.language import mark

VERDICTS = (
    mark("human data"),
    mark("all human data"),
    mark("human data, all"),
    mark("created data"),
    mark("the untuned encoder"),
    mark("untuned encoder"),
    mark("a linear head alone"),
    mark("created data, linear head alone"),
    mark("most frequent created answer"),
    mark("a bag of words"),
    mark("the question without its passage"),
    mark("taking the longest option"),
    mark("the options without the question"),
    mark("the question without its options"),
    mark("always answering “{label}”"),
    mark("always taking option {place}"),
    mark("the same number of human examples"),
    mark("{many} human examples"),
    mark("the human test set {name}"),
    mark("the dev set ({name}, {split} split)"),
    mark("{many} created examples that were held out ({said}, not approved)"),
    mark("{many} approved examples that were held out ({said})"),
    mark("{many} created examples that were held out before"),
    mark("{many} branches of {total}"),
    mark("{many} branch of {total}"),
    mark("Better than {said}"),
    mark("Worse than {said}"),
    mark("Better than {said}, and not better than {said2}"),
    mark("Worse than {said}, and not better than {said2}"),
    mark("Better than {said}."),
    mark("Worse than {said}."),
    mark("Not distinguishable from human data"),
    mark("Not distinguishable from human data."),
    mark("Not distinguishable from {said}"),
    mark("Not distinguishable from {said}."),
    mark("Not distinguishable from human data, nor better than {said}"),
    mark("Not distinguishable from {said}, nor better than {said2}"),
    mark("{points} points above {said}"),
    mark("{points} points below {said}"),
    mark("the same as {said}"),
    mark("{p}, {corrected} after Holm's correction"),
    mark(
        "Created data scores {said} (95 % interval {low} to {high}, McNemar {said2}, {items} test items, "
        "{seeds} seeds)."
    ),
    mark("Created data scores {said} (95 % interval {low} to {high}, McNemar {said2}, {items} test items, 1 seed)."),
    mark("It is {said} ({said2})."),
    mark("The model trained on {said} has collapsed: it nearly always gives one answer."),
    mark("With {items} items this test can show differences of {points} points or more."),
    mark("With {items} items this test can show no difference at all."),
    mark("This is not a human test: it was judged on {said}."),
    mark("It says only whether the model repeats the creator's labels on a branch that it has not seen."),
    mark("Trained on {said}, {share} % of the answers are '{label}'."),
    mark(
        "'{label}' is the answer of {before} % of the created examples and {after} % of the test: the shares differ, "
        "which alone moves the accuracy."
    ),
    mark(
        "{items} test items: where two models answer a fifth of them differently, this test can show differences of "
        "{smallest} points or more, and finds a true one of {findable} points four times in five."
    ),
    mark("{items} test items can show no difference between two models at all."),
    mark("{items} test items: where two models answer a fifth of them differently, this test shows no difference."),
    mark("The test set {name} has the label '{label}', which is none of the task's ({labels})."),
    mark("Choose another test set, or import this one with the task's labels."),
    mark(
        "Accuracies are means over the {seeds} trainings; p values, confusion, errors and calibration are of their "
        "averaged answers."
    ),
    mark("The model of all human data was not trained yet when this was written."),
    mark("The test set has now been looked at once."),
    mark("The test set has now been looked at twice."),
    mark("The test set has now been looked at {times} times."),
    mark("There is no comparison with human data: {said}"),
    mark("{name} has no train split; that of {others} counts once it is imported under the name {same}."),
    mark(
        "{known} human training examples ask what the test set asks: they are left out, for a model must not have seen "
        "what it is judged on."
    ),
    mark(
        "{fewer} of {items} test items offer fewer options than the {labels} labels of the task; each model chooses "
        "among what is offered, which is easier."
    ),
    mark("There are {many} human examples to train on, fewer than created ones."),
    mark("Early stopping, {said}: kept {said2} of at most {most}, the best on {many} {said3}."),
    mark("epoch {number}"),
    mark("epochs {numbers} (one for each seed)"),
    mark("held-out examples of the same data"),
    mark("created examples held out by branch"),
    mark(
        "All models were trained with the learning rate {rate}, the best of {others} on {items} created examples held "
        "out by branch ({said})."
    ),
    mark("95 %: {low} to {high}; flattered by the choice"),
    mark("95 %: {low} to {high}; flattered by the choice; among equals the lower loss decided"),
    mark("Judged on a dev set, which may steer what is grown; no test set was looked at."),
    mark(
        "{many} slices were looked at, each against all other items: after Holm's correction for that many looks, none "
        "is distinguishable from the rest."
    ),
    mark("{many} slices were looked at, each against all other items."),
    mark("After Holm's correction for that many looks these differ from the rest: {slices}."),
    mark("No branch could be left out: too little would be left to train on."),
    mark("Of {many} branches none can be told to help or to harm: seeds and items differ more."),
)
