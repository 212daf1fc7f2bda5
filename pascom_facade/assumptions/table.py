"""Everything that is assumed of an instance: its grade, what would be otherwise, what hangs on it, and its check.

In the order in which they are asked: what the facade needs most comes first, should the requests run out.
"""

from __future__ import annotations

from .._phone_states import ONE_BY_ONE, WAYS
from ..cdr_options import zone_names
from . import calls, recordings, users, web
from .words import Assumption

_ROWS = 100_000
_STATUSES = ("200", "204", "301", "302", "307", "308", "400", "401", "403", "404", "405", "406", "410", "422", "429",
             "500", "501", "502", "503")  # fmt: skip
_REFUSALS = ("refused", "fails")
_BODIES = ("json", "html", "text", "empty")
_FILTER = ("honoured after the cut", "ignored", "refused")
_NOBODY = ("200 {}", "200 []", "200 null", "200 and more", *_STATUSES)
_NARROW = "what is asked for with a filter is fetched whole, and picked here"
_NAMED = "columns by meaning, and `raw`; who reads `raw` must know"

# fmt: off
TABLE = (
    # The journal
    Assumption(
        "cdr.list", "A", ("array",), ("object", "other"), "what calls are listed in", "reading calls at all",
        calls.listed
    ),
    Assumption(
        "cdr.structure", "C", ("18", "19"), ("other",),
        "the columns of a call: those printed for 18, or those assumed since 19.09", "every field of a call",
        calls.structure
    ),
    Assumption(
        "cdr.default-rows", "A", (100,), (), "calls in an answer that isn't told how many",
        "a shorter answer passes for all there is", calls.default_rows, most=_ROWS
    ),
    Assumption(
        "cdr.limit", "D", ("honoured",), ("ignored", "refused"), "`limit` says how many calls an answer may have",
        "ten times as many requests", calls.limit
    ),
    Assumption(
        "cdr.most-rows", "B", (1000,), ("more",), "calls that an answer has at most", "how ranges are divided",
        calls.most_rows, most=_ROWS
    ),
    Assumption(
        "cdr.order", "D", ("newest first",), ("oldest first", "nearly newest first", "nearly oldest first", "none"),
        "the order of calls in an answer", "how many requests the newest calls take", calls.order
    ),
    Assumption(
        "cdr.time-format", "?", ("ms",), ("s", "text", "iso", "iso-local", "none known"),
        "how the ends of a range are written: `ms` since 1970", "some requests, until it is found out",
        calls.time_format
    ),
    Assumption(
        "cdr.range", "A", ("both ends",), ("only the beginning", "only the end", "none known"),
        "`timefrom` and `timeto` are taken notice of", "calls behind the first answer can't be reached",
        calls.ranges
    ),
    Assumption(
        "cdr.kept", "D", ("newest",), ("oldest", "any"), "calls that are left where an answer can't have all",
        "which way the journal is walked through", calls.kept
    ),
    Assumption(
        "cdr.zone", "A", ("Europe/Berlin",), zone_names(), "the zone of the server's clock, which `time` shows",
        "ranges that are written as local text", calls.zone
    ),
    Assumption(
        "cdr.inbound", "A", ("honoured",), _FILTER, "`inbound` is a filter", _NARROW, calls.filter_inbound
    ),
    Assumption(
        "cdr.internal", "A", ("honoured",), _FILTER, "`internal` is a filter", _NARROW, calls.filter_internal
    ),
    Assumption(
        "cdr.result", "A", ("honoured",), _FILTER, "`result` is a filter", _NARROW, calls.filter_result
    ),
    Assumption(
        "cdr.resolution", "D", ("milliseconds",), ("seconds",), "how exactly the times of calls are compared",
        "calls at the ends of ranges are asked for twice", calls.resolution
    ),
    Assumption(
        "cdr.begin", "?", ("included",), ("left out",), "whether a call at the beginning of a range belongs to it",
        "nothing: ranges are asked for a little wider", calls.begin_included
    ),
    Assumption(
        "cdr.end", "?", ("included",), ("left out",), "whether a call at the end of a range belongs to it",
        "nothing: ranges are asked for a little wider", calls.end_included
    ),
    Assumption(
        "cdr.unreadable-time", "?", ("ignored",), _REFUSALS, "what a time is that can't be read",
        "how the format is found out", calls.unreadable_time
    ),
    Assumption(
        "cdr.unknown-parameter", "?", ("ignored",), _REFUSALS, "what a parameter is that isn't known",
        "whether `limit` may be sent", calls.unknown_parameter
    ),
    Assumption(
        "cdr.missing-columns", "D", ("none",), (*calls.CLASSIC, *calls.SINCE_19),
        "known columns that calls don't have", "the fields made of them are None", calls.missing_columns,
        several=True
    ),
    Assumption(
        "cdr.unknown-columns", "D", (0,), (), "how many columns aren't known", _NAMED, calls.unknown_columns,
        most=200
    ),
    Assumption(
        "cdr.timestamp", "A", ("ms",), ("s", "text", "other"), "the form of `timestamp`", "time and order of calls",
        calls.timestamps
    ),
    Assumption(
        "cdr.flags", "A", ("0/1", "true/false"), ("t/f", '"0"/"1"', "other"), "the form of `inbound` and `internal`",
        "the direction of calls", calls.flags
    ),
    Assumption(
        "cdr.rawdata", "A", ("other columns",), ("the same columns", "refused"),
        "`rawdata=1` gives the records behind the journal", "nothing", calls.raw_data
    ),
    Assumption(
        "cdr.of-user", "C", ("their calls",), ("all calls", *_STATUSES),
        "`identity/{userName}/cdr` has the calls of a user", "nothing: `user=` picks from all calls", calls.of_user
    ),
    # Users
    Assumption(
        "users.list", "D", ("array",), ("object", "other", *_STATUSES), "what users are listed in", "`identities()`",
        users.listed
    ),
    Assumption(
        "users.columns", "A", ("those of the database",), ("others",), "what the fields of a user are called",
        "the fields of `identity()`", users.columns
    ),
    Assumption(
        "users.unknown", "D", ("404",), _NOBODY, "the answer to a user whom nobody knows", "NotFound is raised",
        users.unknown
    ),
    Assumption(
        "states.several", "D", ("commas",), (*list(WAYS)[1:], ONE_BY_ONE),
        "how the states of several users are asked for", "one request for each user", users.several
    ),
    Assumption(
        "states.unknown", "C", ("204",), ("a state", *_NOBODY), "the state of a user whom nobody knows",
        "a user without a state is left out", users.stateless
    ),
    Assumption(
        "states.words", "D", ("known ones",), ("others",), "states are called as Asterisk calls them",
        "`dial(wait=True)`", users.words
    ),
    # Recordings
    Assumption(
        "recordings.rule", "D", (1,), ("none of 1 to 3",), "the number of the rule that recorded",
        "recordings aren't found without `rule=`", recordings.rule, most=3
    ),
    Assumption(
        "recordings.range", "A", ("honoured",), ("ignored", "another part"),
        "a part of a recording comes when it is asked for", "a broken download begins anew", recordings.part
    ),
    Assumption(
        "recordings.media-type", "A", ("audio/x-wav",),
        ("audio/wav", "audio/wave", "audio/vnd.wave", "application/octet-stream", "none"),
        "what a recording says it is", "text and JSON are taken for errors", recordings.media_type
    ),
    Assumption(
        "recordings.head", "?", ("with its length",), ("without its length", *_STATUSES),
        "HEAD says how long a recording is", "nothing: its first byte is asked for", recordings.head
    ),
    Assumption(
        "recordings.legs", "C", ("both",), ("one", "none"),
        "`r_` and `t_` have the caller and the callee alone (where so recorded)", "`leg=`", recordings.legs
    ),
    Assumption(
        "recordings.details", "D", ("array",), ("object", "other", *_STATUSES),
        "`monitor/{recordID}` lists what was recorded", "nothing: parts are asked for one by one",
        recordings.details
    ),
    Assumption(
        "recordings.unknown", "D", ("404",), _STATUSES, "the answer to a recording that isn't there",
        "where the parts of a recording end", recordings.unknown
    ),
    # The web server
    Assumption(
        "http.challenge", "A", ("401 basic",), ("401 digest", "401 bearer", "401 none", "an answer", *_STATUSES),
        "the answer to a request without a login", "AuthenticationFailed is raised", web.challenge
    ),
    Assumption(
        "http.login-body", "?", _BODIES, (), "the body of a 401: any will do", "nothing: it isn't read", web.login_body
    ),
    Assumption(
        "http.not-found", "?", ("404",), _STATUSES, "the answer to a path that isn't there", "NotFound is raised",
        web.not_found
    ),
    Assumption(
        "http.error-body", "?", _BODIES, (), "the body of an error: any will do", "nothing: it isn't read",
        web.error_body
    ),
    Assumption(
        "http.slash", "?", ("404", "the same", "redirected to it"), ("redirected elsewhere", *_STATUSES),
        "the answer to a list's address without its slash", "nothing: it is written as the vendor does", web.slash
    ),
    Assumption(
        "http.etag", "?", ("none", "honoured"), ("ignored",), "an ETag of a list, and what `If-None-Match` does",
        "what is unchanged is fetched again", web.etag
    ),
    Assumption(
        "http.rate-limit", "C", ("none",), web.RATE_HEADERS, "headers that announce a rate limit",
        "only `Retry-After` of a 429 is waited for", web.rate_limit, several=True
    ),
    Assumption(
        "http.version", "A", ("none",), web.VERSION_HEADERS, "headers that tell a version",
        "the version isn't known", web.version, several=True
    ),
    Assumption(
        "http.server", "A", web.SERVERS, ("none", "others"), "the web server", "nothing", web.server
    ),
    Assumption(
        "http.cookies", "D", ("set", "none"), (), "whether sessions are begun", "nothing: cookies aren't kept",
        web.cookies
    ),
    Assumption(
        "http.json", "C", ("application/json",), ("text/json", "text/html", "text/plain", "text/javascript", "none"),
        "what JSON says it is", "nothing: it is read whatever it says", web.json_type
    ),
    Assumption(
        "http.compression", "?", ("none", "gzip"), ("deflate", "br", "zstd"), "whether answers are compressed",
        "how long large answers take", web.compression
    ),
    Assumption(
        "http.idle-seconds", "A", (5,), ("not said",), "seconds until an idle connection is closed",
        "connections are let go after 4", web.idle_seconds, most=999
    ),
    Assumption(
        "http.requests-each", "A", (100,), ("not said",), "requests that a connection serves",
        "nothing: a new one is opened", web.requests_each, most=9999
    ),
)
# fmt: on
