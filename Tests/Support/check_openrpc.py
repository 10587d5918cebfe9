"""Checks an OpenRPC document: `check_openrpc.py FILE`.

Twice: by the shapes that the OpenRPC 1.x meta-schema gives to the objects we use (closed objects,
required members, one name a method, every schema a draft 7 schema), and by the models of the
package `openrpc`.
"""

import json
import re
import sys

import jsonschema
import openrpc

STRING, BOOLEAN = {"type": "string"}, {"type": "boolean"}


def shape(needed, /, **members):
    """An object with these members only, and extensions."""
    return {
        "type": "object",
        "required": needed.split(),
        "properties": members,
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }


def either(thing):
    return {"oneOf": [{"$ref": f"#/definitions/{thing}"}, {"$ref": "#/definitions/reference"}]}


NAME = {"type": "string", "minLength": 1}
DOCUMENT = shape(
    "openrpc info methods",
    openrpc={"type": "string", "pattern": r"^1\.[0-9]+\.[0-9]+$"},
    info=shape(
        "title version",
        title=STRING,
        version=STRING,
        description=STRING,
        termsOfService=STRING,
        contact=shape("", name=STRING, email=STRING, url=STRING),
        license=shape("", name=STRING, url=STRING),
    ),
    methods={"type": "array", "items": {"$ref": "#/definitions/method"}},
    components={
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "schemas": {"additionalProperties": {"$ref": "http://json-schema.org/draft-07/schema#"}},
            "errors": {"additionalProperties": {"$ref": "#/definitions/error"}},
            "contentDescriptors": {"additionalProperties": {"$ref": "#/definitions/content"}},
        },
    },
)
DOCUMENT["$schema"] = "http://json-schema.org/draft-07/schema#"
DOCUMENT["definitions"] = {
    "reference": {
        "type": "object",
        "required": ["$ref"],
        "properties": {"$ref": STRING},
        "additionalProperties": False,
    },
    "error": {
        "type": "object",
        "required": ["code", "message"],
        "properties": {"code": {"type": "integer"}, "message": STRING, "data": {}},
        "additionalProperties": False,
    },
    "content": shape(
        "name schema",
        name=NAME,
        summary=STRING,
        description=STRING,
        required=BOOLEAN,
        deprecated=BOOLEAN,
        schema={"$ref": "http://json-schema.org/draft-07/schema#"},
    ),
    "method": shape(
        "name params result",
        name=NAME,
        summary=STRING,
        description=STRING,
        deprecated=BOOLEAN,
        paramStructure={"enum": ["by-name", "by-position", "either"]},
        params={"type": "array", "items": either("content")},
        result=either("content"),
        errors={"type": "array", "items": either("error")},
    ),
}


def faults(document):
    for error in jsonschema.Draft7Validator(DOCUMENT).iter_errors(document):
        yield f"{'/'.join(map(str, error.absolute_path)) or 'the document'}: {error.message}"
    names = [method.get("name") for method in document.get("methods", [])]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the method `{name}` is there twice"
    for pointer in re.findall(r'"\$ref": "#/([^"]*)"', json.dumps(document)):
        place = document
        for step in pointer.split("/"):
            place = place.get(step) if isinstance(place, dict) else None
        if place is None:
            yield f"nothing stands at the reference #/{pointer}"
    try:
        openrpc.OpenRPC.model_validate(document)
    except ValueError as error:
        yield f"the package openrpc refuses it: {error}"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file)
    found = list(faults(document))
    # The check must be able to fail.
    for spoilt in ({**document, "openrpc": "2"}, {**document, "methods": document["methods"] * 2}):
        if not list(faults(spoilt)):
            found.append("a spoilt document was accepted")
    print("\n".join(found) or f"{len(document['methods'])} methods")
    return 1 if found else 0


sys.exit(main())
