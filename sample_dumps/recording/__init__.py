"""Recording the incidents again: their plans, their history in git, the runs, what they measured."""
