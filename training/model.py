"""The encoder with its heads in torch: MiniLM, and on it kind, roles of candidates, facts of the post, names."""

from __future__ import annotations

import torch
from torch import nn
from transformers import BertModel

from listbot.reading.features import KINDS, RELIEF_IDS, ROLE_COUNT, SORT_COUNT

DOC = len(RELIEF_IDS) + 6
"""Outputs on the whole post: relief asked for, detained, minor, several clients, scope (three)."""


class Net(nn.Module):
    """See `listbot.reading.encoder` for what goes in and out."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager")
        for module in self.bert.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0  # dear on a CPU
        width = self.bert.config.hidden_size
        self.role_of_rules = nn.Embedding(ROLE_COUNT, 48)
        self.sort = nn.Embedding(SORT_COUNT, 32)
        self.roles = nn.Sequential(nn.Linear(2 * width + 80, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, ROLE_COUNT))
        self.doc_dropout = nn.Dropout(0.1)
        self.kind = nn.Linear(2 * width, len(KINDS))
        self.doc = nn.Linear(2 * width, DOC)
        self.names = nn.Linear(width, 1)

    def forward(self, ids, segments, mask, first, last, role, sort):  # type: ignore[no-untyped-def]
        hidden = self.bert(input_ids=ids, token_type_ids=segments, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        whole = torch.cat([hidden[:, 0], (hidden * weight).sum(1) / weight.sum(1)], -1)
        own = weight * (1 - segments.unsqueeze(-1).to(hidden.dtype))  # what is quoted must not tell the kind
        words = torch.cat([hidden[:, 0], (hidden * own).sum(1) / own.sum(1)], -1)
        places = torch.arange(ids.shape[1], device=ids.device).view(1, 1, -1)
        inside = ((places >= first.unsqueeze(-1)) & (places < last.unsqueeze(-1))).to(hidden.dtype)
        spans = torch.matmul(inside, hidden) / inside.sum(-1, keepdim=True).clamp(min=1)
        beside = whole[:, : hidden.shape[-1]].unsqueeze(1).expand(-1, spans.shape[1], -1)
        joined = torch.cat([spans, beside, self.role_of_rules(role), self.sort(sort)], -1)
        seen = self.doc_dropout(whole)
        return self.kind(self.doc_dropout(words)), self.roles(joined), self.doc(seen), self.names(hidden).squeeze(-1)
