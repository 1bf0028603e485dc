"""The media types in which bodies come in and go out."""

JSON = "application/json"
NDJSON = "application/x-ndjson"
CSV = "text/csv"
LD_JSON = "application/ld+json"
ATOM = "application/atom+xml"
MERGE_PATCH = "application/merge-patch+json"
