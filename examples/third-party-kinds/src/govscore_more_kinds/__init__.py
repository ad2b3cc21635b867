"""Two kinds for govscore: the start `milestones` and the fact type `score_of_100`."""
