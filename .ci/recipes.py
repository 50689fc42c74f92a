"""Takes the recipes out of docs/schedules.md and tries them as far as that can be done on one machine.

The scripts run with a program that ends with each exit code in turn; units are written for systemd-analyze, with the
paths of this machine; YAML must parse and have what the text around it promises.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

page, folder = Path(sys.argv[1]).read_text(), Path(sys.argv[2])
folder.mkdir(parents=True)
recipes = re.findall(r"^```(\w+)\n(.*?)^```$", page, re.M | re.S)


def recipe(kind, mark):
    found = [text for known, text in recipes if known == kind and mark in text]
    assert len(found) == 1, (kind, mark, len(found))
    return found[0]


def stand_in(directory, name):
    """A program that says what it was asked, and ends with $CODE."""
    directory.mkdir(parents=True, exist_ok=True)
    program = directory / name
    program.write_text('#!/bin/sh\necho "asked: $*"\nexit "$CODE"\n')
    program.chmod(0o755)
    return program


def run(script, code, **more):
    environment = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "CODE": str(code), **more}
    return subprocess.run([*script], env=environment, capture_output=True, text=True)


program = stand_in(folder / "bin", "tollgate")
nightly = folder / "tollgate-nightly"
nightly.write_text(recipe("sh", "tollgate-nightly").replace("/var/lib/tollgate", str(folder)))
pipeline = yaml.safe_load(recipe("yaml", "azure-pipelines.yml"))
inline = pipeline["steps"][1]["inputs"]["inlineScript"]
stand_in(folder / ".cargo/bin", "tollgate")
for code in [0, 1, 2, 3, 4, 130]:
    ran = run(["sh", nightly], code)
    assert ran.returncode == code and ran.stderr == "", (code, ran)
    assert (ran.stdout == "") == (code == 0), "cron mails what is printed"
    assert code == 0 or f"exit code {code}" in ran.stdout
    ran = run(["bash", "-e", "-c", inline], code, HOME=str(folder))
    assert ran.returncode == (0 if code == 4 else code), (code, ran)
    assert ("SucceededWithIssues" in ran.stdout) == (code == 4)

for name in ["tollgate.service", "tollgate.timer"]:
    unit = recipe("ini", f"/{name}").replace("/usr/local/bin/tollgate", str(program))
    (folder / name).write_text(unit)

workflow = yaml.safe_load(recipe("yaml", ".github/workflows"))
steps = workflow["jobs"]["audit"]["steps"]
assert workflow["permissions"]["security-events"] == "write", "code scanning needs it"
assert all("hashFiles" in step["if"] for step in steps if "out/" in str(step.get("with", {})))

documents = list(yaml.safe_load_all(recipe("yaml", "CronJob")))
assert [document["kind"] for document in documents] == ["ServiceAccount", "ConfigMap", "CronJob"]
job = documents[2]["spec"]["jobTemplate"]["spec"]
pod = job["template"]["spec"]
assert pod["restartPolicy"] == "Never", "podFailurePolicy asks for it"
assert job["template"]["metadata"]["labels"]["azure.workload.identity/use"] == "true"
mounted = {mount["name"] for mount in pod["containers"][0]["volumeMounts"]}
assert mounted == {volume["name"] for volume in pod["volumes"]}
(folder / "cronjob.yaml").write_text(yaml.safe_dump_all(documents))
print("recipes: scripts, units and YAML are as the page says")
