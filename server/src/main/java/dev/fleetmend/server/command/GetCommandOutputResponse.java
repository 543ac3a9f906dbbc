package dev.fleetmend.server.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer to {@link GetCommandOutputRequest}.
 *
 * @param pluginNames all steps, in the document's order
 * @param content text in UTF-8; what is none is replaced by U+FFFD
 * @param nextToken what to ask with for what follows, now or later; null once nothing will
 * @param complete whether the stream has ended and this is the rest of it
 * @param truncated whether the node had more than the server keeps
 */
public record GetCommandOutputResponse(
    String commandId,
    String instanceId,
    String pluginName,
    List<String> pluginNames,
    String stream,
    String content,
    @Nullable String nextToken,
    boolean complete,
    boolean truncated) {
  public GetCommandOutputResponse {
    pluginNames = List.copyOf(pluginNames);
  }
}
