"""A cheap teacher: what a network sees in a training face and what a crowd said of it, weighed together.

A crowd's votes alone are a biased target: people agree with FER-2013's labels for 63% of the faces only. So a multinomial
logistic regression learns how the labels follow from both, the network's logits and the votes. What it predicts is close
to the labels' own distribution and has far less noise than a single label (Lopez-Paz et al. 2016, arXiv:1511.03643, on
teachers that see more than the student).
"""
import torch
import torch.nn.functional as F


def fit(logits, votes, targets, decay=1e-4):
    """Probabilities [N, classes] for the training faces.

    votes and targets [N, classes] are 0 where nothing is known; the regression is fitted where the label is known.
    """
    labelled = targets.sum(1) > 0
    known = (votes.sum(1, keepdim=True) > 0).float()
    inputs = torch.cat([F.log_softmax(logits, 1), votes, votes.sqrt(), known], 1)
    classes = targets.shape[1]
    weight = torch.zeros(inputs.shape[1], classes)
    weight[:classes] = torch.eye(classes)      # starts as the network's own answer
    bias = torch.zeros(classes)
    optimizer = torch.optim.LBFGS([weight.requires_grad_(), bias.requires_grad_()], max_iter=100,
                                  line_search_fn="strong_wolfe")

    def cost():
        optimizer.zero_grad()
        loss = F.cross_entropy(inputs[labelled] @ weight + bias, targets[labelled]) + decay * weight.square().sum()
        loss.backward()
        return loss

    optimizer.step(cost)
    with torch.no_grad():
        return torch.softmax(inputs @ weight + bias, 1)
