"""Reads a SARIF log and demands what the schema of SARIF 2.1.0 does, of the part that v6kit writes:
which properties an object may and must have, and that each index and region makes sense. Prints the
results, a line each: RULE LEVEL URI STARTLINE:STARTCOLUMN-ENDLINE:ENDCOLUMN EDITS, then the
notifications."""
import json
import re
import sys
from urllib.parse import unquote

# Object: required properties, further ones.
SHAPES = {
    "log": ("version runs", "$schema"),
    "run": ("tool", "columnKind results invocations"),
    "tool": ("driver", ""),
    "driver": ("name", "version rules"),
    "rule": ("id", "shortDescription fullDescription help defaultConfiguration"),
    "configuration": ("", "level"),
    "message": ("text", ""),
    "result": ("message", "ruleId ruleIndex level locations fixes"),
    "location": ("", "physicalLocation"),
    "physical": ("artifactLocation", "region"),
    "artifact": ("uri", ""),
    "region": ("startLine", "startColumn endLine endColumn"),
    "fix": ("artifactChanges", "description"),
    "change": ("artifactLocation replacements", ""),
    "replacement": ("deletedRegion", "insertedContent"),
    "content": ("", "text"),
    "invocation": ("executionSuccessful", "toolExecutionNotifications"),
    "notification": ("message", "level locations"),
}
LEVELS = ("none", "note", "warning", "error")


def shape(name, thing):
    need, may = (set(words.split()) for words in SHAPES[name])
    assert isinstance(thing, dict), (name, thing)
    assert need <= set(thing) <= need | may, (name, sorted(thing))
    return thing


def message(thing):
    text = shape("message", thing)["text"]
    assert text and isinstance(text, str)
    assert not re.search(r"(?<!\{)(\{\{)*\{(?!\{)|(?<!\})(\}\})*\}(?!\})", text), text
    return text.replace("{{", "{").replace("}}", "}")


def artifact(thing):
    uri = shape("artifact", thing)["uri"]
    assert re.fullmatch(r"(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri), uri
    return uri


def region(thing):
    shape("region", thing)
    place = [thing[name] for name in ("startLine", "startColumn", "endLine", "endColumn")]
    assert all(type(number) is int and number > 0 for number in place), place
    assert place[:2] <= place[2:], place
    return "%d:%d-%d:%d" % tuple(place)


def where(thing):
    (one,) = thing["locations"]
    physical = shape("physical", shape("location", one)["physicalLocation"])
    uri = artifact(physical["artifactLocation"])
    return uri + (" " + region(physical["region"]) if "region" in physical else "")


def edits(result):
    out = []
    for fix in result.get("fixes", []):
        message(shape("fix", fix)["description"])
        assert fix["artifactChanges"]
        for change in fix["artifactChanges"]:
            artifact(shape("change", change)["artifactLocation"])
            assert change["replacements"]
            for edit in change["replacements"]:
                shape("replacement", edit)
                out.append("[%s %s]" % (region(edit["deletedRegion"]),
                    shape("content", edit["insertedContent"])["text"]))
    return " ".join(out)


log = shape("log", json.loads(sys.stdin.buffer.read().decode("utf-8", "strict")))
assert log["version"] == "2.1.0"
(run,) = log["runs"]
shape("run", run)
assert run["columnKind"] in ("unicodeCodePoints", "utf16CodeUnits")
driver = shape("driver", shape("tool", run["tool"])["driver"])
assert driver["name"] == "v6kit" and re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+.*", driver["version"])
names = []
for rule in driver["rules"]:
    names.append(shape("rule", rule)["id"])
    assert shape("configuration", rule["defaultConfiguration"])["level"] in LEVELS
    for text in ("shortDescription", "fullDescription", "help"):
        message(rule[text])
assert len(set(names)) == len(names)
for result in run["results"]:
    shape("result", result)
    assert names[result["ruleIndex"]] == result["ruleId"] and result["level"] in LEVELS
    message(result["message"])
    print(" ".join(filter(None, (result["ruleId"], result["level"], where(result), edits(result)))))
(invocation,) = run["invocations"]
shape("invocation", invocation)
assert type(invocation["executionSuccessful"]) is bool
for note in invocation.get("toolExecutionNotifications", []):
    shape("notification", note)
    print(note["level"], where(note), message(note["message"]))
print("rules:", len(names), "successful:", invocation["executionSuccessful"])
