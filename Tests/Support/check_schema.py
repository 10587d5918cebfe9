"""Reads a schema and names of plans; prints for each plan how many faults the schema finds, and the first of them."""
import json, re, sys
import jsonschema, yaml


class CoreLoader(yaml.CSafeLoader):
    """YAML 1.2 core types: `no` and days are texts."""


CoreLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(~|null|Null|NULL|)$", "~nN\0"),
    ("bool", r"^(true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", "-+.0123456789"),
]:
    CoreLoader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first.replace("\0", "")) + ([""] if tag == "null" else []))

schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for name in sys.argv[2:]:
    plan = yaml.load(open(name, encoding="utf-8"), Loader=CoreLoader)
    faults = sorted(validator.iter_errors(plan), key=str)
    best = jsonschema.exceptions.best_match(faults)
    print(len(faults), name, "" if best is None else f"{best.json_path}: {best.message[:200]}")
