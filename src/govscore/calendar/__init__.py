"""Working days and limits in time: the holiday notices as data, and day arithmetic over them."""
