"""Fills a server and walks through every list operation with boto3's paginators.

Prints a line for each operation: its name, how many items, and how many pages of the smallest size they took.
Argument: the id of a node that takes commands.
"""

import datetime
import sys
import time

import boto3

NODE = sys.argv[1]
ssm = boto3.client("ssm")


def fill():
    for i in range(12):
        baseline = ssm.create_patch_baseline(Name="made-%d" % i, OperatingSystem="DEBIAN")["BaselineId"]
        ssm.register_patch_baseline_for_patch_group(BaselineId=baseline, PatchGroup="group %d" % i)
    for i in range(7):
        ssm.create_activation(IamRole="fleet")
    start = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=4)
    for i in range(12):
        window = ssm.create_maintenance_window(
            Name="window-%d" % i,
            Schedule="rate(1 day)" if i else start.strftime("at(%Y-%m-%dT%H:%M:%S)"),
            Duration=2,
            Cutoff=1,
            AllowUnassociatedTargets=True,
        )["WindowId"]
        first = window if i == 0 else first
        target = ssm.register_target_with_maintenance_window(
            WindowId=window, ResourceType="INSTANCE", Targets=[{"Key": "InstanceIds", "Values": [NODE]}]
        )["WindowTargetId"]
        fanned = [target] if i == 0 else fanned
    for i in range(10):
        fanned.append(
            ssm.register_target_with_maintenance_window(
                WindowId=first, ResourceType="INSTANCE", Targets=[{"Key": "InstanceIds", "Values": [NODE]}]
            )["WindowTargetId"]
        )
    for i in range(12):
        targets = [{"Key": "InstanceIds", "Values": [NODE]}]
        if i == 0:
            targets.append({"Key": "WindowTargetIds", "Values": fanned[:10]})
        ssm.register_task_with_maintenance_window(
            WindowId=first,
            TaskType="RUN_COMMAND",
            TaskArn="AWS-RunShellScript",
            Targets=targets,
            MaxConcurrency="1",
            MaxErrors="0",
            Priority=i,
            TaskInvocationParameters={"RunCommand": {"Parameters": {"commands": ["true"]}}},
        )
    content = '{"schemaVersion": "2.2", "description": "%d", "mainSteps": [{"action": "aws:runShellScript", "name": "run", "inputs": {"runCommand": ["true"]}}]}'
    ssm.create_document(Name="own", DocumentType="Command", Content=content % 1)
    for i in range(2, 8):
        ssm.update_document(Name="own", Content=content % i, DocumentVersion="$LATEST")
    ssm.put_compliance_items(
        ResourceId=NODE,
        ResourceType="ManagedInstance",
        ComplianceType="Custom:Walk",
        ExecutionSummary={"ExecutionTime": start},
        Items=[{"Id": str(i), "Severity": "LOW", "Status": "COMPLIANT"} for i in range(12)],
    )
    for i in range(3):
        ssm.put_inventory(
            InstanceId=NODE,
            Items=[
                {
                    "TypeName": "Custom:Walk%d" % i,
                    "SchemaVersion": "1.0",
                    "CaptureTime": start.strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "Content": [{"Part": "one"}],
                }
            ],
        )
        ssm.create_resource_data_sync(
            SyncName="walk-%d" % i, S3Destination={"BucketName": "file:walk%d" % i, "SyncFormat": "JsonSerDe", "Region": "us-east-1"}
        )
    return first


def run(window):
    """Waits for the window's execution to end, and gives its id and that of its first task."""
    for _ in range(600):
        executions = ssm.describe_maintenance_window_executions(WindowId=window)["WindowExecutions"]
        if executions and executions[0]["Status"] not in ("PENDING", "IN_PROGRESS"):
            execution = executions[0]["WindowExecutionId"]
            tasks = ssm.describe_maintenance_window_execution_tasks(WindowExecutionId=execution)
            return execution, tasks["WindowExecutionTaskIdentities"][0]["TaskExecutionId"]
        time.sleep(0.1)
    raise SystemExit("the window has not ended: %s" % executions)


window = fill()
execution, task = run(window)
target = {"ResourceType": "INSTANCE", "Targets": [{"Key": "InstanceIds", "Values": [NODE]}]}
walks = {
    "describe_activations": (1, {}),
    "describe_available_patches": (1, {}),
    "describe_effective_patches_for_patch_baseline": (
        1,
        {"BaselineId": ssm.get_default_patch_baseline(OperatingSystem="DEBIAN")["BaselineId"]},
    ),
    "describe_instance_information": (5, {}),
    "describe_instance_properties": (5, {}),
    "describe_inventory_deletions": (1, {}),
    "describe_instance_patch_states": (10, {"InstanceIds": [NODE]}),
    "describe_instance_patch_states_for_patch_group": (10, {"PatchGroup": "group 1"}),
    "describe_instance_patches": (10, {"InstanceId": NODE}),
    "describe_maintenance_window_execution_task_invocations": (
        10,
        {"WindowExecutionId": execution, "TaskId": task},
    ),
    "describe_maintenance_window_execution_tasks": (10, {"WindowExecutionId": execution}),
    "describe_maintenance_window_executions": (10, {"WindowId": window}),
    "describe_maintenance_window_schedule": (50, target),
    "describe_maintenance_window_targets": (10, {"WindowId": window}),
    "describe_maintenance_window_tasks": (10, {"WindowId": window}),
    "describe_maintenance_windows": (10, {}),
    "describe_maintenance_windows_for_target": (5, target),
    "describe_patch_baselines": (5, {}),
    "describe_patch_groups": (5, {}),
    "describe_patch_properties": (5, {"OperatingSystem": "WINDOWS", "Property": "CLASSIFICATION"}),
    "get_inventory": (1, {}),
    "get_inventory_schema": (50, {}),
    "list_command_invocations": (5, {}),
    "list_commands": (5, {}),
    "list_compliance_items": (5, {"ResourceIds": [NODE], "ResourceTypes": ["ManagedInstance"]}),
    "list_compliance_summaries": (1, {}),
    "list_document_versions": (2, {"Name": "own"}),
    "list_documents": (1, {}),
    "list_nodes": (1, {}),
    "list_nodes_summary": (1, {"Aggregators": [{"AggregatorType": "Count", "TypeName": "Instance", "AttributeName": "PlatformType"}]}),
    "list_resource_compliance_summaries": (1, {}),
    "list_resource_data_sync": (2, {}),
}

for name, (size, arguments) in sorted(walks.items()):
    paginator = ssm.get_paginator(name)
    pages = list(paginator.paginate(PaginationConfig={"PageSize": size}, **arguments))
    key = paginator.result_keys[0].expression
    items = [item for page in pages for item in page[key]]
    whole = [item for page in paginator.paginate(**arguments) for item in page[key]]
    assert items == whole, name
    assert all(len(page[key]) == size for page in pages[:-1]), name
    print(name, len(items), len(pages))
