"""The cases as PyTorch's users write them."""

import torch
from data import BATCH, CLASSES, HIDDEN, INPUTS, ROWS, TAPE_STEPS, pictures


def cases(library: str) -> dict:
    """Each case: what makes the call, the least seconds, the calls between looks at the clock."""

    def network():
        return torch.nn.Sequential(
            torch.nn.Linear(INPUTS, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, CLASSES)
        )

    def training(steps, shuffled):
        x, y = map(torch.from_numpy, pictures())
        model = network()
        loss_of = torch.nn.CrossEntropyLoss()
        optimizer = torch.optim.Adam(model.parameters())

        def loop():
            order = torch.randperm(ROWS) if shuffled else torch.arange(ROWS)
            for step in range(steps):
                rows = order[step * BATCH : (step + 1) * BATCH]
                optimizer.zero_grad()
                loss_of(model(x[rows]), y[rows]).backward()
                optimizer.step()

        return loop

    def add():
        a, b = torch.arange(10.0), torch.ones(10)

        def thousand():
            for _ in range(1000):
                a + b

        return thousand

    def predict():
        model = network().eval()
        row = pictures()[0][:1]

        def one():
            with torch.no_grad():
                return torch.softmax(model(torch.from_numpy(row)), 1).numpy()

        return one

    return {
        "fit": (lambda: training(ROWS // BATCH, True), 0.0, 1),
        "tape": (lambda: training(TAPE_STEPS, False), 0.0, 1),
        "add": (add, 0.1, 1),
        "predict": (predict, 0.2, 5),
    }
