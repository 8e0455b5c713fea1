"""Why a plan is as it is: what keeps a project out, which promises cannot hold together, what more would be worth."""
