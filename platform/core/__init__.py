"""What every app stands on: bases, errors, audit, the API's shape, headers, checks and health."""

VERSION = "0.1.0"
