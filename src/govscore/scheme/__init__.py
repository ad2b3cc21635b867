"""From the text of a scheme to a checked, frozen model that knows where everything stands."""
