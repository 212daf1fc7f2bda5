"""Pages whose scripts build what is shown: lists of links by jQuery, and what a form's controls stand at."""

from __future__ import annotations

import json

from tests.servers.locate_server import Case, document, script

A, B = json.dumps(document("A")), json.dumps(document("B"))
TWO = {"/a.json": A, "/b.json": B}
CATALOGUE = json.dumps(
    {"list": [{"file": "a.json", "of": "/specs/", "title": "A"}, {"file": "b.json", "of": "/specs/", "title": "B"}]}
)
SHOWN = "SwaggerUIBundle({url: %s, dom_id: '#swagger-ui'});"
SELECT = '<select id="sel"><option value="/a.json">A</option><option value="/b.json" selected>B</option></select>'
RADIOS = '<form id="f"><input type="radio" name="of" value="/a.json"><input type="radio" name="of" value="/b.json" checked></form>'


def built(code: str, body: str = '<div id="list"></div>') -> dict[str, str]:
    """A page that builds a list of links of a catalogue that it asks for."""
    each = (
        "$(function () { $.getJSON('list.json', function (data) { $.each(data.list, function (i, one) { %s }); }); });"
    )
    return {"/": script(each % code, body), "/list.json": CATALOGUE, "/specs/a.json": A, "/specs/b.json": B}


def shows(address: str, body: str) -> dict[str, str]:
    return {"/": script(SHOWN % address, body), **TWO}


LINKS = [
    Case(f"a list of links: {name}", "/", built(code), ("/specs/a.json", "/specs/b.json"))
    for name, code in {
        "appendTo": "$('<a></a>').attr('href', one.of + one.file).text(one.title).appendTo('#list');",
        "appendTo of what isn't shown yet": (
            "var li = $('<li>'); $('<a>').html(one.title).attr({href: one.of + one.file}).appendTo(li); li.appendTo($('#list'));"
        ),
        "with properties": "$('<a>', {href: one.of + one.file, text: one.title}).appendTo($('#list'));",
        "append of several": "$('#list').append($('<li>').append('<b>x</b>', $('<a>').attr('href', one.of + one.file)));",
        "append of a text": """$('#list').append('<li><a href="' + one.of + one.file + '">' + one.title + '</a></li>');""",
        "insertBefore": "$('<a>').prop('href', one.of + one.file).insertBefore($('#list'));",
        "wrap": "$('<a>').attr('href', one.of + one.file).appendTo('#list').wrap('<li></li>').click(function () {});",
        "a template that is found in": (
            "var li = $('<li><a></a></li>').appendTo('#list'); li.find('a').attr('href', one.of + one.file).addClass('x');"
        ),
    }.items()
]
LISTS = [
    Case("a list of links, without a script", "/", {
        "/": script("", '<ul><li><a href="/a.json">A</a><li><a href="/b.json">B</a><li><a href="/no.json">C</a></ul>'), **TWO,
    }, ("/a.json", "/b.json")),
    Case("a list of links beside the viewer, the shown one first", "/", shows(
        "'/b.json'", '<a href="/a.json">A</a> <a href="/b.json">B</a>'), ("/b.json", "/a.json")),
    Case("the first of a list of links is shown", "/", shows(
        "document.querySelectorAll('a')[1].getAttribute('href')", '<a href="/a.json">A</a> <a href="/b.json">B</a>',
    ), ("/b.json", "/a.json")),
    Case("a link beside the viewer that isn't a choice", "/", shows("'/b.json'", '<a href="/a.json">A</a>'), ("/b.json",)),
]  # fmt: skip
CONTROLS = [
    Case(f"what a control stands at: {code}", "/", shows(code, body), found)
    for code, body, found in [
        ("document.getElementById('sel').value", SELECT, ("/b.json", "/a.json")),
        ("document.getElementById('sel').options[document.getElementById('sel').selectedIndex].value", SELECT, ("/b.json", "/a.json")),
        ("document.getElementById('sel').selectedOptions[0].value", SELECT, ("/b.json", "/a.json")),
        ("[...document.querySelector('select').options].find(function (o) { return o.selected; }).value", SELECT, ("/b.json", "/a.json")),
        ("document.querySelector('#sel option:checked').value", SELECT, ("/b.json", "/a.json")),
        ("$('#sel option:selected').val()", SELECT, ("/b.json", "/a.json")),
        ("$('#sel').find(':selected').attr('value')", SELECT, ("/b.json", "/a.json")),
        ("$('#sel').val()", SELECT, ("/b.json", "/a.json")),
        ("(document.getElementById('sel').selectedIndex = 0, document.getElementById('sel').value)", SELECT, ("/a.json", "/b.json")),
        ("document.querySelector('input[name=of]:checked').value", RADIOS, ("/b.json",)),
        ("$('input[name=\"of\"]:checked').val()", RADIOS, ("/b.json",)),
        ("[...document.getElementsByName('of')].filter(function (one) { return one.checked; })[0].value", RADIOS, ("/b.json",)),
        ("document.getElementById('c').checked ? '/b.json' : '/a.json'", '<input id="c" type="checkbox" checked>', ("/b.json",)),
        ("$('#c').is(':checked') ? '/b.json' : '/a.json'", '<input id="c" type="checkbox">', ("/a.json",)),
        ("document.forms[0].elements.which.value", '<form><input name="which" value="/b.json"></form>', ("/b.json",)),
    ]
]  # fmt: skip
BUILT = [*LINKS, *LISTS, *CONTROLS]
