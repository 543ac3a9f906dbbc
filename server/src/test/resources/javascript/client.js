// Drives @aws-sdk/client-ssm. Argument: the id of a node that takes commands. Prints one JSON object.
const ssm = require("@aws-sdk/client-ssm");

const client = new ssm.SSMClient({ region: process.env.AWS_DEFAULT_REGION });
const node = process.argv[1];

async function refusal(command) {
  try {
    await client.send(command);
    return "none";
  } catch (e) {
    return `${e.name} ${e.$metadata.httpStatusCode} ${e.$fault} ${e.constructor.name}`;
  }
}

async function executed(line) {
  const sent = await client.send(
    new ssm.SendCommandCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [node],
      Parameters: { commands: [line] },
    }),
  );
  const asked = { CommandId: sent.Command.CommandId, InstanceId: node };
  try {
    const waited = await ssm.waitUntilCommandExecuted(
      { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
      asked,
    );
    return `${waited.state} ${waited.reason.Status} ${waited.reason.ResponseCode}`;
  } catch (e) {
    return `refused by the waiter, ${JSON.parse(e.message).state ?? "?"}`;
  }
}

async function walked(paginate, request, list) {
  const seen = [];
  let pages = 0;
  for await (const page of paginate({ client, pageSize: 5 }, request)) {
    pages++;
    seen.push(...page[list]);
  }
  return { pages, items: seen.length, different: new Set(seen.map((one) => JSON.stringify(one))).size };
}

async function main() {
  const { BaselineId } = await client.send(
    new ssm.CreatePatchBaselineCommand({
      Name: "web-servers",
      OperatingSystem: "DEBIAN",
      ApprovalRules: {
        PatchRules: [
          { PatchFilterGroup: { PatchFilters: [{ Key: "PRIORITY", Values: ["Required"] }] }, ComplianceLevel: "HIGH" },
        ],
      },
      RejectedPatches: ["telnetd"],
    }),
  );
  const baseline = await client.send(new ssm.GetPatchBaselineCommand({ BaselineId }));
  await client.send(new ssm.UpdatePatchBaselineCommand({ BaselineId, Description: "again" }));
  const updated = await client.send(new ssm.GetPatchBaselineCommand({ BaselineId }));
  const token = "one-token";
  const first = await client.send(new ssm.CreatePatchBaselineCommand({ Name: "once", ClientToken: token }));
  const second = await client.send(new ssm.CreatePatchBaselineCommand({ Name: "once", ClientToken: token }));

  console.log(
    JSON.stringify({
      id: BaselineId,
      baseline: {
        name: baseline.Name,
        created: baseline.CreatedDate instanceof Date,
        level: baseline.ApprovalRules.PatchRules[0].ComplianceLevel,
        rejected: baseline.RejectedPatches,
        sources: baseline.Sources,
        description: updated.Description,
        keptRejected: updated.RejectedPatches,
      },
      once: first.BaselineId === second.BaselineId,
      errors: {
        mismatch: await refusal(new ssm.CreatePatchBaselineCommand({ Name: "other", ClientToken: token })),
        unknown: await refusal(new ssm.GetPatchBaselineCommand({ BaselineId: "pb-00000000000000000" })),
        invalid: await refusal(new ssm.CreatePatchBaselineCommand({ Name: "no" })),
        unsupported: await refusal(new ssm.GetParameterCommand({ Name: "x" })),
        soon: await refusal(
          new ssm.GetCommandInvocationCommand({
            CommandId: "00000000-0000-4000-8000-000000000000",
            InstanceId: node,
          }),
        ),
      },
      success: await executed("true"),
      failure: await executed("false"),
      baselines: await walked(ssm.paginateDescribePatchBaselines, {}, "BaselineIdentities"),
      commands: await walked(ssm.paginateListCommands, {}, "Commands"),
    }),
  );
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
