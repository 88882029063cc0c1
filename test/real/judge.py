"""Judges SAM templates: cfn-lint on each as written, the SAM translator, and cfn-lint on what that makes. usage: judge.py [--thorough] FILE...; prints one JSON object,
FILE -> complaints. Only --thorough lints what the translator makes; the number of its resources counts in any case."""
import functools
import json
import multiprocessing
import sys
from pathlib import Path

import yaml
from cfnlint.config import ConfigMixIn
from cfnlint.runner import Runner, run_template_by_file_path
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


@functools.cache
def linter():
    """Once a process: its rules take as long to load as a third of what they are for."""
    config = ConfigMixIn([])
    return config, Runner(config).rules


def lint(path):
    return [f"{match.rule.id} line {match.linenumber}: {match.message}" for match in run_template_by_file_path(str(path), *linter(), ignore_bad_template=False) if match.rule.severity == "error"]


def judge(path, thorough):
    found = lint(path)
    template = stub_code(yaml.load(Path(path).read_text(), Loader))
    defaults = {name: facts.get("Default", "x") for name, facts in template.get("Parameters", {}).items()}
    try:
        translated = Translator({}, Parser()).translate(template, defaults)
    except InvalidDocumentException as error:
        return found + [f"SAM: {cause.message}" for cause in error.causes]
    if len(translated["Resources"]) > 500:
        found.append(f"{len(translated['Resources'])} resources in one stack")
    if not thorough:
        return found
    # Beside the template, for what it refers to by a path.
    spelled_out = Path(path).with_suffix(".translated.json")
    spelled_out.write_text(json.dumps(translated))
    return found + [f"translated: {complaint}" for complaint in lint(spelled_out)]


if __name__ == "__main__":
    files = [word for word in sys.argv[1:] if not word.startswith("--")]
    # The largest first, or one is left over for which all others have to wait.
    files.sort(key=lambda path: -Path(path).stat().st_size)
    with multiprocessing.Pool() as pool:
        found = pool.map(functools.partial(judge, thorough="--thorough" in sys.argv), files, chunksize=1)
    print(json.dumps(dict(zip(files, found))))
