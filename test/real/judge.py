"""Judges SAM templates: cfn-lint on each as written, and the SAM translator. usage: judge.py FILE...; prints one JSON object, FILE -> complaints."""
import json
import sys
from pathlib import Path

import yaml
from cfnlint.api import lint_file
from samtranslator.parser.parser import Parser
from samtranslator.public.exceptions import InvalidDocumentException
from samtranslator.translator.translator import Translator


class Loader(yaml.SafeLoader):
    """YAML 1.1, as CloudFormation reads it, with the short forms of its functions."""


def intrinsic(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else "Fn::" + suffix: value}


Loader.add_multi_constructor("!", intrinsic)


def stub_code(template):
    """The translator takes code from S3 only, where `sam deploy` would have put it."""
    for resource in template["Resources"].values():
        if "CodeUri" in resource.get("Properties", {}):
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    return template


def judge(path):
    found = [f"{match.rule.id} line {match.linenumber}: {match.message}" for match in lint_file(Path(path)) if match.rule.severity == "error"]
    template = stub_code(yaml.load(Path(path).read_text(), Loader))
    defaults = {name: facts.get("Default", "x") for name, facts in template.get("Parameters", {}).items()}
    try:
        Translator({}, Parser()).translate(template, defaults)
    except InvalidDocumentException as error:
        found += [f"SAM: {cause.message}" for cause in error.causes]
    return found


print(json.dumps({path: judge(path) for path in sys.argv[1:]}))
