"""Waits for commands with boto3's command_executed waiter. Argument: the id of a node that takes commands."""

import sys

import boto3
from botocore.exceptions import WaiterError

ssm = boto3.client("ssm")
waiter = ssm.get_waiter("command_executed")


def send(line):
    return ssm.send_command(
        DocumentName="AWS-RunShellScript", InstanceIds=[sys.argv[1]], Parameters={"commands": [line]}
    )["Command"]["CommandId"]


def wait(command, attempts=50):
    try:
        waiter.wait(
            CommandId=command, InstanceId=sys.argv[1], WaiterConfig={"Delay": 1, "MaxAttempts": attempts}
        )
        return "done"
    except WaiterError as e:
        return "%s, last %s" % (e.kwargs["reason"], e.last_response.get("Status", e.last_response.get("Error")))


print(wait(send("true")))
print(wait(send("false")))
print(wait("00000000-0000-4000-8000-000000000000", attempts=2))
