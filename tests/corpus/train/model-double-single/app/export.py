import torch

torch.manual_seed(2)
layers = [torch.nn.Linear(900, 900) for _ in range(7)]
torch.save(torch.nn.Sequential(*layers, torch.nn.Linear(900, 5)).state_dict(), "stars.pt")
