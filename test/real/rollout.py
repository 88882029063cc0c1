"""Rolls out a second version of every function of a configuration in the emulated account, and takes it back.

usage: rollout.py TOOLCHAIN RESULT.json FOLDER CLI

Applies FOLDER/infra, applies it again with other archives, and reads what CodeDeploy was asked to do; then runs the commands of the outputs
`stop_rollout` and `go_back` by the AWS CLI that
lies in the folder CLI, as whoever deployed would. RESULT: {"problems": [...], "begun": [...], "deployments": [...],
"groups": [...], "configurations": {...}, "stopped": [...], "aliases": [before, while, after], "changes": n}
"""
import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from account import emulated, part


def aliases(aws, functions):
    return {name: aws.get_alias(FunctionName=name, Name="live")["FunctionVersion"] for name in functions}


def main():
    toolchain, result, folder, cli_folder = sys.argv[1:]
    sys.path.insert(0, str(Path(toolchain) / "lib"))
    tools = part(Path(toolchain), "tf-check")
    with tempfile.TemporaryDirectory(prefix="rollout-") as place:
        work, report = Path(place), tools.Report()
        moto = emulated(tools, work)
        try:
            run = tools.Run(argparse.Namespace(var=[], var_file=[], no_crosscheck=True, probe=None, no_apply=False), work, moto, report)
            run.env["PATH"] = f"{cli_folder}{os.pathsep}{run.env['PATH']}"
            deploy, functions = moto.client("codedeploy"), moto.client("lambda")
            if not (run.load(Path(folder).resolve() / "infra", Path(folder).resolve()) and run.deploy()):
                raise SystemExit(report.problems)
            names = [one["FunctionName"] for one in functions.list_functions()["Functions"]]
            before, begun = aliases(functions, names), deploy.list_deployments()["deployments"]
            for archive in run.cwd.parent.rglob("*.zip"):
                with zipfile.ZipFile(archive, "w") as code:
                    code.writestr("index.js", "exports.handler = async () => ({ statusCode: 204 });\n")
            applied, _ = run.tf("apply", "-json", "-auto-approve")
            problems = [*report.problems, *tools.errors_of(applied)]
            asked = [deploy.get_deployment(deploymentId=one)["deploymentInfo"] for one in deploy.list_deployments()["deployments"]]
            meanwhile = aliases(functions, names)
            changes, _ = run.tf("plan", "-json", "-detailed-exitcode")
            groups = [deploy.get_deployment_group(applicationName=app, deploymentGroupName=group)["deploymentGroupInfo"]
                      for app in deploy.list_applications()["applications"] for group in deploy.list_deployment_groups(applicationName=app)["deploymentGroups"]]
            own = {name: deploy.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"] for name in {group["deploymentConfigName"] for group in groups} if not name.startswith("CodeDeployDefault.")}
            outputs = {name: output["value"] for name, output in json.loads(run.tf("output", "-json")[0].stdout).items()}

            def cli(command, **given):
                words = [given.get(word, word) for word in shlex.split(command)]
                done = subprocess.run([str(Path(cli_folder) / words[0]), *words[1:]], env=run.env, capture_output=True, text=True)
                if done.returncode:
                    problems.append(f"{shlex.join(words)}: {done.stderr.strip()}")

            for one in asked:
                cli(outputs["stop_rollout"], DEPLOYMENT=one["deploymentId"])
            stopped = [deploy.get_deployment(deploymentId=one["deploymentId"])["deploymentInfo"]["status"] for one in asked]
            for name in names:
                cli(outputs["go_back"], FUNCTION=name, VERSION="2")
            after = aliases(functions, names)
            run.destroy()
            problems += [problem for problem in report.problems if problem not in problems]
            found = {"problems": problems, "begun": begun, "deployments": asked, "groups": groups, "configurations": own, "stopped": stopped, "aliases": [before, meanwhile, after], "changes": changes.returncode}
        finally:
            moto.stop()
    Path(result).write_text(json.dumps(found, indent=1, default=str))


main()
