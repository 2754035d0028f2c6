# %% [markdown]
# # What holds the memory?
#
# One capture, one container limit. The last cell answers; the cells above it are the evidence.

# %% tags=["parameters"]
dumps = ["../sample_dumps/incidents/eager_model/before/startup.bin"]
limit = "512MiB"

# %%
# %load_ext forensics
import forensics as hf

capture, *others = map(hf.load, dumps)

# %% [markdown]
# ## What is the evidence, and is it whole?

# %%
capture

# %% [markdown]
# ## When was the most held, and how near is the limit?

# %%
hf.timeline(capture, limit=limit)

# %% [markdown]
# ## What was it held for?

# %%
ledger = hf.attribute(capture.profile())
hf.cause_chart(ledger, limit=limit)

# %% [markdown]
# ## Who called whom for it?

# %%
hf.icicle(ledger)

# %% [markdown]
# ## Whose lines are they?

# %%
ledger.by("owner").heap.table("Bytes by the innermost line of the application")

# %% [markdown]
# ## So what holds the memory, and does it fit?

# %%
hf.diagnose([capture, *others], limit=limit)
