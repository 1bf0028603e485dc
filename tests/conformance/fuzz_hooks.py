"""What schemathesis cannot read out of the document, and what is no failure though it seems one."""

import json
import re

import schemathesis
from hypothesis import strategies

# What a problem says of a request that its schema admits, and why no JSON Schema could foretell it.
# A refusal for any other reason is a failure.
EXPECTED = {
    # One member decides about another.
    r"^A whole list is sent line by line": "`all` is for the media types of lines",
    r"^Give the speaker's id, or its name and kind": "an id alone, or what finds or makes it",
    r"^Give the id alone, or a (title or url|name)": "an id alone, or what finds or makes it",
    r"^Give the (article's text, or its page as html|text or the html)": "one of two members",
    r"^(Give the source a title or a url|A source has a title or a url)": "one of two, or both",
    r"^Nothing names the source": "a page may name it, a text does not",
    r"^(A claim has no verbatim parts|A quote has at least one)": "`verbatim` belongs to a `kind`",
    r"^A whole list has no pages": "`all` excludes `limit` and `cursor`",
    r"^With as_of the list": "`as_of` excludes other filters and orders",
    r"^Names change: with as_of": "`as_of` excludes the names of `speaker`",
    r"articles only, not from '": "a source has any language, an article's is English",
    r"^Only a search has relevance": "an order that needs `q`",
    r"^(Only a dismissal has a reason|Say why it is dismissed)": "`reason` belongs to one `status`",
    r"^It lies before \w+: give the later date": "one date bounds another",
    r"^It needs said_from or said_to": "`said_match` is nothing without dates",
    r"^The end lies after the start": "one number bounds another",
    r"^A statement cannot (contradict|refer to) itself": "one id excludes another",
    r"^A speaker cannot be merged into itself": "one id excludes another",
    r"^A rating has a label, a value, or both": "one of two members, or both",
    r"^Without a value there is no scale": "`best` and `worst` are of `value`",
    r"does not lie on the scale from|must be greater than the worst": "one number bounds another",
    r"^Name one of the two statements": "one id is among others",
    r"^Who affirms or denies under a condition": "`condition` belongs to one `stance`",
    # Grammars beyond regular expressions, and Unicode's.
    r"is not an EDTF date": "EDTF is a grammar, and knows the calendar",
    r"^A (topic|search) needs a letter or a digit": "letters and digits of every script",
    r"^This is blank": "white space of every script",
    r"^Nothing of this name is seen": "characters of every script that nobody sees",
    r"names nobody in particular, so its kind": "a lexicon of names tells which are nobody's",
    r"^none stands alone": "one value of a list excludes the others",
    r"^This is not an http or https address": "hosts and ports have rules of their own",
    r"printable characters\.$": "what can be printed, in every script",
    r"^A NUL character is not text": "no pattern is put on every text for this one character",
    r"of its characters are no text": "a share of the characters",
    # What is in the ledger, or in the other member, decides.
    r"^There is no (statement|speaker|source|proposition) \d+": "ids of what is there",
    r"^An id is an integer from 1 to": "a pattern of digits has no upper bound",
    r"^An id lies between 1 and": "`speaker` is an id or a name, and all digits make an id",
    r"^The span must lie in the text's": "a place in a text",
    r"^This part does not stand in the text": "a part of a text",
    r"^These words are not in the article": "a part of a text",
    r"is new to the ledger: say of what kind": "only who is new needs a kind",
    r"^A claim may have 100 appearances here": "counted over several members",
    r"^A mention is chosen twice": "one member of each choice differs",
    r"^This cursor was altered or belongs to another query": "signed by the ledger",
    r"^This is no position in this ledger's history": "signed by the ledger",
    r"^This key came with another request before": "the example's key was used by another case",
    r"(T|t)he ledger has \d+ changes": "how long the history is",
    r"^Change \d+ is not among the first": "one number bounds another",
    r"^The tree of \d+ changes is smaller": "one number bounds another",
    r"^An address with a name or password": "a part of an address",
    r"^It lies in the future": "no schema knows what time it is",
    r"is not on the public internet|does not resolve|in time\.$": "where an address leads",
    r"^The page has no main text": "HTML is read as it is found",
}
# Calls that read JSON which no schema holds: written into a parameter, or of any shape at all.
FREE_FORM = ("/v1/reconcile", "/v1/reviews/import")


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Keep what is a failure: all but the refusals that no schema could foretell."""
    kind = type(failure).__name__
    if kind == "RejectedPositiveData" and response.status_code in (400, 422):
        if case.operation.path in FREE_FORM:
            return False
        problem = json.loads(response.content)
        details = [error["detail"] for error in problem.get("errors", [problem])]
        return not all(any(re.search(said, detail) for said in EXPECTED) for detail in details)
    # A dry run stores nothing, and so looks at no key of what was stored.
    dry_run = str((case.query or {}).get("dry_run")).lower() == "true"
    return not (
        kind == "AcceptedNegativeData" and dry_run and "idempotency-key" in str(failure).lower()
    )


@schemathesis.serializer("application/x-ndjson")
def as_lines(context, value):
    """A body of lines: what is no text yet is JSON, a line each."""
    if isinstance(value, list):
        value = b"\n".join(json.dumps(line).encode("utf-8", "surrogatepass") for line in value)
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_generate_body(context, strategy):
    """Lines of statements, among them some that are anything."""
    if context.operation.label != "POST /v1/statements/import":
        return strategy
    one = context.operation.schema["/v1/statements"]["POST"].as_strategy()
    return strategies.lists(one.map(lambda case: case.body), max_size=5) | strategy
