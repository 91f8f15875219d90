"""The distribution of a label given a crowd's votes and a teacher's prediction.

A crowd's votes are a biased target: people agree with FER-2013's labels for 63% of the faces only. So a multinomial logistic
regression learns which label follows from which votes, and from which predictions of a trained network. What it predicts is close to the
labels' own distribution and has less noise than a single label (Lopez-Paz et al. 2016, arXiv:1511.03643, on teachers that see more
than the student; Furlanello et al. 2018, arXiv:1805.04770, on networks that learn from their equals).
"""
import torch
import torch.nn.functional as F


def label_given_votes(votes, targets, predictions=None, decay=1e-4):
    """Probabilities of the labels [N, classes] from the crowd's votes [N, classes]; 0 where nobody voted.

    targets [N, classes]: the labels, one-hot, from which it is learned how much the votes are worth; predictions [N, classes]:
    a teacher's probabilities.
    """
    voted = votes.sum(1) > 0
    inputs = torch.cat([votes, votes.sqrt()] + ([] if predictions is None else [predictions.clamp(min=1e-4).log()]), 1)[voted]
    classes = targets.shape[1]
    weight, bias = torch.zeros(inputs.shape[1], classes, requires_grad=True), torch.zeros(classes, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=100, line_search_fn="strong_wolfe")

    def cost():
        optimizer.zero_grad()
        loss = F.cross_entropy(inputs @ weight + bias, targets[voted]) + decay * weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(cost)
    answers = torch.zeros_like(targets)
    with torch.no_grad():
        answers[voted] = torch.softmax(inputs @ weight + bias, 1)
    return answers
