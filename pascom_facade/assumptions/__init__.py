"""What is assumed of an instance is asked: each assumption by a check that only reads.

table       all of them: name, grade, what is assumed, what hangs on it, its check
examine     asks an instance about each
report      what may be told to others, and the page for the documentation
words       what a finding may say; nothing else leaves
instance    what the checks ask with: GET and HEAD, fewer than 60 requests
calls, users, recordings, web      the checks
"""
