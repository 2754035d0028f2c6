# %% [markdown]
# # What would have to go for it to fit?
#
# Bytes at the peak are not bytes saved: without one cause, the next-highest moment is the peak.
# This replays the record and answers exactly; it removes events and does not re-time the program.

# %% tags=["parameters"]
dumps = ["../sample_dumps/incidents/eager_model/before/startup.bin"]
limit = "256MiB"

# %%
import forensics as hf

capture = hf.load(dumps[0])
replayed = hf.replay(capture)

# %% [markdown]
# ## What was the heap made of, and when?

# %%
hf.timeline(replayed, limit=limit)

# %% [markdown]
# ## What held it at any moment? Move the slider.

# %%
hf.moment_panel(replayed, limit=limit)

# %% [markdown]
# ## And without one of them, or with less of it?

# %%
hf.what_if_panel(replayed, limit=limit)

# %% [markdown]
# ## So what would have to go?

# %%
replayed.smallest_fix(limit)
