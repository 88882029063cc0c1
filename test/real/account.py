"""Deploys to an emulated account, and reads everything back by the cloud's own API.

usage: account.py TOOLCHAIN RESULT.json terraform FOLDER      a configuration: applied, planned again, read, destroyed
       account.py TOOLCHAIN RESULT.json sam NAME=TEMPLATE...  templates: translated, each made a stack of that name, read

RESULT: {"problems": [...], "known": [...], "inventory": ..., "functions": [...]}; exit 1 where there are problems. TOOLCHAIN is
the folder of the programs tf-check and sam-check, whose parts do the work.
"""
import argparse
import importlib.machinery
import importlib.util
import io
import json
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path


# The ARN of what somebody else has; nothing looks whether it is there.
SOMEBODYS = "arn:aws:secretsmanager:us-east-1:123456789012:secret:given"


def part(toolchain, name):
    """A program without an ending, as a module."""
    loader = importlib.machinery.SourceFileLoader(name.replace("-", "_"), str(toolchain / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def listed(value):
    return value if isinstance(value, list) else [value]


def statements(document):
    """Of a policy, whose text moto gives in more than one form."""
    from inventory import document as plain
    return listed(plain(document).get("Statement", []))


def functions(moto):
    """Each function with who may call it, and what it may do."""
    aws, iam = moto.client("lambda"), moto.client("iam")
    found = []
    for page in aws.get_paginator("list_functions").paginate():
        for one in page["Functions"]:
            name, role = one["FunctionName"], one["Role"].rpartition("/")[2]
            callers = []
            try:
                callers = [{"service": s["Principal"].get("Service"), "alias": s["Resource"].partition(f":function:{name}")[2].lstrip(":"), "source": s.get("Condition", {}).get("ArnLike", {}).get("AWS:SourceArn")} for s in statements(aws.get_policy(FunctionName=name)["Policy"])]
            except aws.exceptions.ResourceNotFoundException:
                pass
            inline = [iam.get_role_policy(RoleName=role, PolicyName=policy)["PolicyDocument"] for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]]
            found.append({
                "name": name, "runtime": one["Runtime"], "memory": one["MemorySize"], "timeout": one["Timeout"], "architectures": one.get("Architectures"),
                "tracing": one.get("TracingConfig", {}).get("Mode"), "environment": sorted(one.get("Environment", {}).get("Variables", {})),
                "callers": callers, "actions": sorted({action for document in inline for s in statements(document) for action in listed(s["Action"])}),
                "concurrency": aws.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions"),
            })
    return found


def terraform(toolchain, folder, work):
    tools = part(toolchain, "tf-check")
    report = tools.Report()
    options = argparse.Namespace(var=[], var_file=[], no_crosscheck=False, probe=None, no_apply=False)
    moto = tools.MotoServer(plain=False, log=work / "moto.log")
    moto.start()
    try:
        run = tools.Run(options, work, moto, report)
        read = []
        if run.load(folder, folder) and run.deploy():
            read = functions(moto)
            run.destroy()
        return {"problems": report.problems, "known": report.known, "inventory": run.inventory, "functions": read}
    finally:
        moto.stop()


def sam(toolchain, templates, work):
    tools = part(toolchain, "sam-check")
    from inventory import crosscheck, take
    problems = []
    moto = tools.MotoServer(plain=False, log=work / "moto.log")
    moto.start()
    try:
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("index.js", "exports.handler = async () => ({ statusCode: 200 });\n")
        store = moto.client("s3")
        store.create_bucket(Bucket=tools.BUCKET)
        store.put_object(Bucket=tools.BUCKET, Key="stub.zip", Body=code.getvalue())
        stacks = moto.client("cloudformation")
        for name, path in templates:
            template = tools.load(path)
            tools.localise(template, path.parent)
            given = {key: SOMEBODYS for key, facts in template.get("Parameters", {}).items() if "Default" not in facts}
            try:
                stacks.create_stack(StackName=name, TemplateBody=json.dumps(tools.translate(template, given, moto.client("iam")), default=str), Capabilities=["CAPABILITY_NAMED_IAM"],
                                    Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()])
                state = stacks.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"]
                if state != "CREATE_COMPLETE":
                    problems.append(f"{name}: {state}")
            except Exception as error:  # whatever refuses one stack, the others are judged, too
                problems.append(f"{name}: {type(error).__name__}: {error}")
        inventory = take(moto)
        problems += crosscheck(moto, inventory)
        return {"problems": problems, "known": [], "inventory": inventory, "functions": functions(moto)}
    finally:
        moto.stop()


def main():
    toolchain, result, kind, *rest = sys.argv[1:]
    sys.path.insert(0, str(Path(toolchain) / "lib"))
    work = Path(tempfile.mkdtemp(prefix="account-"))
    try:
        found = terraform(Path(toolchain), Path(rest[0]).resolve(), work) if kind == "terraform" else sam(Path(toolchain), [(word.split("=", 1)[0], Path(word.split("=", 1)[1])) for word in rest], work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    Path(result).write_text(json.dumps(found, indent=1, default=str))
    sys.exit(1 if found["problems"] else 0)


main()
