"""Deploys to an emulated account, and reads everything back by the cloud's own API.

usage: account.py TOOLCHAIN RESULT.json terraform FOLDER            a configuration: applied, planned again, read, destroyed
       account.py TOOLCHAIN RESULT.json sam NAME=TEMPLATE=STAGE...  templates: translated, each made a stack of that name, read

RESULT: {"problems": [...], "known": [...], "inventory": ..., "functions": [...], "calls": [...], "edges": [...]}; exit 1 where there are problems. TOOLCHAIN is
the folder of the programs tf-check and sam-check, whose parts do the work.
"""
import argparse
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
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


def answers(server, url):
    """Whether a server comes to answer: before it ends, and in 40 seconds or a little more."""
    for _ in range(400):
        if server.poll() is not None:
            return False
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return True
        time.sleep(0.1)
    return False


def emulated(tools, work):
    """A server of its own, with the patches of emulator.py."""
    from moto_local import free_port

    class Emulator(tools.MotoServer):
        def start(self):
            self.port = free_port()
            given = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
            given.update(MOTO_IAM_LOAD_MANAGED_POLICIES="true", S3_IGNORE_SUBDOMAIN_BUCKETNAME="true", PYTHONWARNINGS="ignore", PYTHONPATH=sys.path[0],
                         **{name: value for name, value in self.env({}).items() if name.startswith("AWS_") and name != "AWS_ENDPOINT_URL"})
            with self.log.open("ab") as log:
                self.proc = subprocess.Popen([sys.executable, str(Path(__file__).with_name("emulator.py")), str(self.port)], stdout=log, stderr=log, env=given)
            if answers(self.proc, f"{self.url}/moto-api/"):
                return self
            self.stop()
            sys.exit(f"The emulator did not begin:\n{self.log.read_text()[-2000:]}")

    return Emulator(log=work / "moto.log").start()


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
                "logging": one.get("LoggingConfig", {}).get("LogFormat"), "callers": callers, "actions": sorted({action for document in inline for s in statements(document) for action in listed(s["Action"])}),
                "concurrency": aws.get_function_concurrency(FunctionName=name).get("ReservedConcurrentExecutions"),
            })
    return found


def calls(moto):
    """What the gateway may do by itself: each role that it may take, with its actions and what they are for."""
    iam, found = moto.client("iam"), []
    for page in iam.get_paginator("list_roles").paginate():
        for role in page["Roles"]:
            if any(s["Principal"].get("Service") == "apigateway.amazonaws.com" for s in statements(role["AssumeRolePolicyDocument"])):
                name = role["RoleName"]
                inline = [iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"] for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]]
                found.append({"name": name, "may": [{"actions": listed(s["Action"]), "resources": listed(s["Resource"])} for document in inline for s in statements(document)]})
    return found


def edges(moto):
    """Domains, with where they lead to and which certificates they ask for, and stages with a web ACL."""
    v2, firewall, rest = moto.client("apigatewayv2"), moto.client("wafv2"), moto.client("apigateway")
    apis = {api["ApiId"]: api["Name"] for api in v2.get_apis()["Items"]} | {api["id"]: api["name"] for api in rest.get_rest_apis(limit=500)["items"]}
    found = []
    for domain in v2.get_domain_names()["Items"]:
        name, [settings] = domain["DomainName"], domain["DomainNameConfigurations"]
        for mapping in v2.get_api_mappings(DomainName=name)["Items"]:
            found.append({"domain": name, "api": apis[mapping["ApiId"]], "stage": mapping["Stage"], "path": mapping.get("ApiMappingKey") or "",
                          "endpoint": settings["EndpointType"], "policy": settings["SecurityPolicy"], "certificate": settings["CertificateArn"].rpartition(":")[0], "trusts": (domain.get("MutualTlsAuthentication") or {}).get("TruststoreUri")})
    for api in rest.get_rest_apis(limit=500)["items"]:
        for stage in rest.get_stages(restApiId=api["id"])["item"]:
            acl = firewall.get_web_acl_for_resource(ResourceArn=f"arn:aws:apigateway:{rest.meta.region_name}::/restapis/{api['id']}/stages/{stage['stageName']}").get("WebACL")
            if acl:
                found.append({"firewall": acl["Name"], "stage": stage["stageName"], "api": api["name"]})
    return found


def read(moto):
    return {"functions": functions(moto), "calls": calls(moto), "edges": edges(moto)}


def terraform(toolchain, folder, work):
    tools = part(toolchain, "tf-check")
    report = tools.Report()
    options = argparse.Namespace(var=[], var_file=[], no_crosscheck=False, probe=None, no_apply=False)
    moto = emulated(tools, work)
    try:
        run = tools.Run(options, work, moto, report)
        found = {"functions": [], "calls": [], "edges": []}
        if run.load(folder, folder) and run.deploy():
            found = read(moto)
            # As the second plan left it, so that nothing is read a third time.
            given_up, seconds = run.tf("apply", "-json", "-destroy", "-refresh=false", "-auto-approve")
            report.step("destroy", "FAIL" if given_up.returncode else "ok", seconds, found=tools.errors_of(given_up))
        return {"problems": report.problems, "known": report.known, "inventory": run.inventory, **found}
    finally:
        moto.stop()


def sam(toolchain, templates, work):
    tools = part(toolchain, "sam-check")
    from inventory import crosscheck, take
    problems = []
    moto = emulated(tools, work)
    try:
        code = io.BytesIO()
        with zipfile.ZipFile(code, "w") as archive:
            archive.writestr("index.js", "exports.handler = async () => ({ statusCode: 200 });\n")
        store = moto.client("s3")
        store.create_bucket(Bucket=tools.BUCKET)
        store.put_object(Bucket=tools.BUCKET, Key="stub.zip", Body=code.getvalue())
        stacks = moto.client("cloudformation")
        arns = {
            "CertificateArn": moto.client("acm").request_certificate(DomainName="*.example.com")["CertificateArn"],
            "WebAclArn": moto.client("wafv2").create_web_acl(Name="given", Scope="REGIONAL", DefaultAction={"Allow": {}}, Rules=[], VisibilityConfig={"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "given"})["Summary"]["ARN"],
        }
        for name, path, stage in templates:
            template = tools.load(path)
            tools.localise(template, path.parent)
            parameters = template.get("Parameters", {})
            given = {key: SOMEBODYS for key, facts in parameters.items() if "Default" not in facts} | {key: arn for key, arn in arns.items() if key in parameters} | {"Stage": stage}
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
        return {"problems": problems, "known": [], "inventory": inventory, **read(moto)}
    finally:
        moto.stop()


def main():
    toolchain, result, kind, *rest = sys.argv[1:]
    sys.path.insert(0, str(Path(toolchain) / "lib"))
    work = Path(tempfile.mkdtemp(prefix="account-"))
    try:
        found = terraform(Path(toolchain), Path(rest[0]).resolve(), work) if kind == "terraform" else sam(Path(toolchain), [(name, Path(path), stage) for name, path, stage in (word.split("=") for word in rest)], work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    Path(result).write_text(json.dumps(found, indent=1, default=str))
    sys.exit(1 if found["problems"] else 0)


if __name__ == "__main__":
    main()
