"""The VAE 784-400-20-400-784 in PyTorch, eager, with its fused Adam: steps per second after a few warm ones."""

from common import arguments, clock, emit, images

a = arguments(batch=128, steps=200, threads=2)
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, relu

torch.set_num_threads(a.threads)
torch.manual_seed(0)


class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.mean, self.log_variance = nn.Linear(784, 400), nn.Linear(400, 20), nn.Linear(400, 20)
        self.second, self.logits = nn.Linear(20, 400), nn.Linear(400, 784)

    def forward(self, x):
        hidden = relu(self.first(x))
        mean, log_variance = self.mean(hidden), self.log_variance(hidden)
        z = mean + (0.5 * log_variance).exp() * torch.randn_like(mean)
        logits = self.logits(relu(self.second(z)))
        reconstruction = binary_cross_entropy_with_logits(logits, x, reduction="sum")
        kl = -0.5 * (1 + log_variance - mean * mean - log_variance.exp()).sum()
        return (reconstruction + kl) / len(x)


model = VAE()
X = torch.tensor(images(a, "images-train-idx3-ubyte"))
optimizer = torch.optim.Adam(model.parameters(), lr=0.001, fused=True)


def train(steps):
    losses, epoch = [], len(X) // a.batch
    for step in range(steps):
        if step % epoch == 0:
            order = torch.randperm(len(X))
        rows = order[step % epoch * a.batch:][: a.batch]
        loss = model(X[rows])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    return torch.stack(losses)


warm = train(10)
begin = clock()
losses = train(a.steps - 10)
seconds = clock() - begin
emit((a.steps - 10) / seconds, ["torch"], -float(losses[-20:].mean()))
