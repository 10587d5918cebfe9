"""Holds answers of the host against its own OpenRPC document: `check_answers.py FILE`.

FILE is a list of {method, params, answer}, one of them of `rpc.discover`. Every method must be in it, every answer a
result of the schema that the document gives, and all parameters those that it names, of their schemas.
"""

import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        pairs = json.load(file)
    document = next(pair for pair in pairs if pair["method"] == "rpc.discover")["answer"]["result"]
    methods = {method["name"]: method for method in document["methods"]}
    faults = [f"{name} was not called" for name in methods.keys() - {pair["method"] for pair in pairs}]
    for pair in pairs:
        name, method = pair["method"], methods[pair["method"]]
        if "result" not in pair["answer"]:
            faults.append(f"{name}: {pair['answer']}")
            continue
        schemas = {parameter["name"]: parameter["schema"] for parameter in method["params"]}
        for parameter, value in pair["params"].items():
            jsonschema.validate(value, schemas[parameter])
        validator = jsonschema.Draft202012Validator({**method["result"]["schema"], "components": document["components"]})
        for error in validator.iter_errors(pair["answer"]["result"]):
            faults.append(f"{name}: {'/'.join(map(str, error.absolute_path))}: {error.message}"[:300])
        # The check must be able to fail.
        if not list(validator.iter_errors(12)):
            faults.append(f"{name}: the schema takes anything")
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
