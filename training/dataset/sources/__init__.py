"""Where rows come from. Each module yields candidates; what comes of them the checks decide."""
