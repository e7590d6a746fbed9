"""What a reviewer can do, a file for each action: its wish, its decision, how it is done again, its keys and words.

A file here declares one `ACTION`. `banmian.decisions.registry` finds it; the server, the page, its list of keys, the
documentation and tests read the declaration. What its keys do in the browser is the command of the same name in
`banmian/review/static/page.js`, written in the module of its subject in `static/page`; there is nothing else to touch.
"""
