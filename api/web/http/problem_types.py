"""The types of problems (RFC 9457) that callers see: their names are part of the contract."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: the last part of its address, its status, its title and what to do."""

    name: str
    status: int
    title: str
    remedy: str
    retry_after: int = 1


INVALID = ProblemType(
    "invalid-request",
    422,
    "The request is not valid",
    "Each of `errors` names the field (`pointer`, a JSON Pointer into the body) or the query "
    "parameter that is wrong, and says what would be right.",
)
MALFORMED = ProblemType(
    "malformed-body",
    400,
    "The body is malformed",
    "Send one JSON document (RFC 8259) in UTF-8, without duplicate names, NaN or Infinity.",
)
UNAUTHORIZED = ProblemType(
    "key-needed",
    401,
    "An API key is needed",
    "Send `Authorization: Bearer` and a key that carries the scope named in `scope`. Whoever runs "
    "the server makes keys: `counterclaim keys create`.",
)
FORBIDDEN = ProblemType(
    "scope-missing",
    403,
    "The API key lacks the scope",
    "Use a key that carries the scope named in `scope`.",
)
TOO_MANY = ProblemType(
    "too-many-requests",
    429,
    "Too many requests",
    "Wait as many seconds as `Retry-After` says. `RateLimit-Policy` tells how many are taken in "
    "which time, `RateLimit` how many are left.",
)
NOT_FOUND = ProblemType(
    "not-found", 404, "Not found", "Look the id up in the list it should be in."
)
CONFLICT = ProblemType(
    "conflict",
    409,
    "Conflict with the ledger's state",
    "`detail` says what is in the way; further members name it (`candidates`, `resting`, "
    "`decision`, `statement`).",
)
STALE = ProblemType(
    "stale-version",
    412,
    "A newer version exists",
    "Read it again, see what changed, and send its current ETag in If-Match.",
)
GONE = ProblemType(
    "history-gone",
    410,
    "This part of the history is no longer kept",
    "Empty the mirror and read the feed from its beginning, without `since`.",
)
TOO_LARGE = ProblemType("too-large", 413, "The request is too large", "Send it in smaller parts.")
KEY_REUSED = ProblemType(
    "idempotency-key-reused",
    422,
    "The Idempotency-Key belongs to another request",
    "Make a new key for each new request; repeat a request with its own key and the same body.",
)
NOT_ACCEPTABLE = ProblemType(
    "not-acceptable",
    406,
    "None of the accepted media types is available",
    "`available` lists the media types that are.",
)
MISDIRECTED = ProblemType(
    "misdirected",
    421,
    "Unknown host name",
    "Use an address with a name of the server's own. Whoever runs it adds names with "
    "`COUNTERCLAIM_HOSTS`.",
)
UNSUPPORTED = ProblemType(
    "unsupported-media-type",
    415,
    "Unsupported media type",
    "Send the body as one of `accepted`, in UTF-8.",
)
OTHERS_REFUSED = ProblemType(
    "others-refused",
    424,
    "Not stored, as other lines were refused",
    "Put right the lines whose problems are of other types and send all of them again; or leave "
    "out `atomic`, and each line that can be stored is.",
)
BUSY = ProblemType(
    "busy",
    503,
    "The ledger is busy",
    "Other writes held the ledger for too long: repeat the request after the seconds in "
    "Retry-After.",
)
OVERLOADED = ProblemType(
    "overloaded",
    503,
    "The server is overloaded",
    "Repeat the request after the seconds in Retry-After, and after more each time that it is "
    "refused again.",
)
STORAGE_FAILS = ProblemType(
    "storage-fails",
    503,
    "The ledger's storage fails",
    "Whoever runs the server must put right what `detail` says. Repeat the request after the "
    "seconds in Retry-After, a write with its Idempotency-Key.",
    retry_after=10,
)
TOO_SLOW = ProblemType(
    "too-slow",
    503,
    "The query timed out",
    "Narrow the query by a speaker, a topic, a source or dates, or ask for fewer at a time.",
)
TOOK_TOO_LONG = ProblemType(
    "took-too-long",
    503,
    "The request timed out",
    "`stage` tells what it was at, `seconds` how long it might take. Send less at once: fewer "
    "pairs, shorter texts, an article in parts. Later it may pass, if the server had much to do.",
)
KEY_UNUSABLE = ProblemType(
    "key-unusable",
    503,
    "The signing key cannot be used",
    "Whoever runs the server must let it read its signing key, or make one.",
)
NOT_READY = ProblemType("not-ready", 503, "The ledger is not ready", "Try again in some seconds.")

TYPES = {
    each.name: each
    for each in (
        INVALID,
        MALFORMED,
        UNAUTHORIZED,
        FORBIDDEN,
        TOO_MANY,
        NOT_FOUND,
        CONFLICT,
        STALE,
        GONE,
        TOO_LARGE,
        KEY_REUSED,
        NOT_ACCEPTABLE,
        UNSUPPORTED,
        MISDIRECTED,
        OTHERS_REFUSED,
        BUSY,
        OVERLOADED,
        NOT_READY,
        KEY_UNUSABLE,
        TOO_SLOW,
        TOOK_TOO_LONG,
        STORAGE_FAILS,
    )
}
