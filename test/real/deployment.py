"""Deploys what SAM makes of output folders to an emulator that answers requests, and keeps it there until its standard input ends.

usage: deployment.py TOOLCHAIN NAME=FOLDER=STAGE...   prints {"NAME": "URL", ...} on one line once all of them answer

The emulator is MiniStack, on the path: moto keeps what is deployed, but answers no request of its own for it over HTTP. Functions run in the `node` on the path.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from account import answers, part

BUCKET = "code"


def started(port, work):
    """The emulator, on the loopback address alone."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    given.update(BIND_HOST="127.0.0.1", GATEWAY_PORT=str(port), LAMBDA_EXECUTOR="local")
    with (work / "emulator.log").open("ab") as log:
        emulator = subprocess.Popen(["ministack"], stdout=log, stderr=log, env=given, cwd=work)
    if answers(emulator, f"http://127.0.0.1:{port}/_localstack/health"):
        return emulator
    emulator.kill()
    sys.exit(f"The emulator did not begin:\n{(work / 'emulator.log').read_text()[-2000:]}")


def deployed(tools, client, endpoint, name, folder, stage):
    """A stack of the template, with its bundles, and where its API answers."""
    template, store = tools.load(folder / "infra/template.yaml"), client("s3")
    for logical, resource in template["Resources"].items():
        properties = resource.get("Properties") or {}
        if isinstance(properties.get("CodeUri"), str):
            bundle = (folder / "infra" / properties["CodeUri"]).resolve().with_suffix(".zip")
            store.put_object(Bucket=BUCKET, Key=f"{name}/{logical}.zip", Body=bundle.read_bytes())
            properties["CodeUri"] = f"s3://{BUCKET}/{name}/{logical}.zip"
    given = {"Stage": stage}
    made = tools.translate(template, given, tools.StubIam())
    store.put_object(Bucket=BUCKET, Key=f"{name}/template.json", Body=json.dumps(made, default=str).encode())
    stacks = client("cloudformation")
    stacks.create_stack(StackName=name, TemplateURL=f"{endpoint}/{BUCKET}/{name}/template.json", Capabilities=["CAPABILITY_NAMED_IAM"], Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()])
    while (stack := stacks.describe_stacks(StackName=name)["Stacks"][0])["StackStatus"].endswith("_IN_PROGRESS"):
        time.sleep(0.2)
    if stack["StackStatus"] != "CREATE_COMPLETE":
        failed = [f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}" for event in stacks.describe_stack_events(StackName=name)["StackEvents"] if "FAILED" in event["ResourceStatus"]]
        sys.exit(f"{name}: {stack['StackStatus']} {stack.get('StackStatusReason')}\n" + "\n".join(failed))
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    gateway_responses(client, made, outputs["ApiId"], stage)
    return f"{endpoint}/_aws/execute-api/{outputs['ApiId']}/{stage}"


def gateway_responses(client, made, api, stage):
    """The emulator leaves out those of an imported definition, and knows them by a call of their own."""
    for resource in made["Resources"].values():
        wanted = (resource["Properties"].get("Body") or {}).get("x-amazon-apigateway-gateway-responses") if resource["Type"] == "AWS::ApiGateway::RestApi" else None
        if wanted:
            gateway = client("apigateway")
            for kind, response in wanted.items():
                code = {"statusCode": str(response["statusCode"])} if "statusCode" in response else {}
                gateway.put_gateway_response(restApiId=api, responseType=kind, responseParameters=response.get("responseParameters", {}), responseTemplates=response.get("responseTemplates", {}), **code)
            gateway.create_deployment(restApiId=api, stageName=stage)


def main():
    toolchain, *wanted = sys.argv[1:]
    sys.path.insert(0, str(Path(toolchain) / "lib"))
    import boto3
    from moto_local import free_port
    tools, work, port = part(Path(toolchain), "sam-check"), Path(tempfile.mkdtemp(prefix="deployment-")), free_port()
    endpoint = f"http://127.0.0.1:{port}"
    emulator = started(port, work)
    try:
        def client(service):
            return boto3.client(service, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="given", aws_secret_access_key="given")
        client("s3").create_bucket(Bucket=BUCKET)
        print(json.dumps({name: deployed(tools, client, endpoint, name, Path(folder), stage) for name, folder, stage in (word.split("=") for word in wanted)}), flush=True)
        sys.stdin.read()
    finally:
        emulator.terminate()
        try:
            emulator.wait(10)
        except subprocess.TimeoutExpired:
            emulator.kill()
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
