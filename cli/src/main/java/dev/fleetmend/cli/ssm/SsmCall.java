package dev.fleetmend.cli.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.cli.ExitCode;
import dev.fleetmend.cli.Problem;
import dev.fleetmend.cli.client.Api;
import dev.fleetmend.cli.client.Nodes;
import dev.fleetmend.cli.client.Paging;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation asked for on the command line.
 *
 * @param operation its name in the aws CLI, such as {@code send-command}
 * @param words its options
 * @param query JMESPath to pick from the answer with
 * @param pages whether all pages are wanted
 */
public record SsmCall(String operation, List<String> words, @Nullable String query, boolean pages) {
  public JsonNode ask(Api api) {
    SsmOperation asked = SsmOperation.find(operation);
    try {
      ObjectNode request = new RequestOptions(asked.request()).read(words);
      ObjectNode answer = answer(api, asked, request);
      Times.write(answer, asked.response());
      return query == null ? answer : new Query().pick(query, answer);
    } catch (IllegalArgumentException e) {
      throw new Problem(ExitCode.USAGE, e.getMessage() + "; nothing was asked");
    }
  }

  private ObjectNode answer(Api api, SsmOperation asked, ObjectNode request) {
    if (asked.name().equals("DescribeInstancePatchStates") && !request.has("InstanceIds")) {
      return Nodes.inBatches(api, asked.name(), request, Nodes.ids(Nodes.all(api)));
    }
    return pages && asked.takes("NextToken") && !request.has("NextToken")
        ? Paging.all(api, asked.name(), request)
        : api.ssm(asked.name(), request);
  }
}
