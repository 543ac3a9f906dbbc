package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The documents there are. */
public interface Documents {
  /** All of them, by name. */
  List<CommandDocument> all();

  /**
   * One of them.
   *
   * @param nameOrArn its name, or an ARN that ends in {@code document/<name>}
   * @param version a number, {@code $DEFAULT}, {@code $LATEST}, or null for the default
   * @throws ApiException InvalidDocument or InvalidDocumentVersion when there is none such
   */
  CommandDocument find(String nameOrArn, @Nullable String version);
}
