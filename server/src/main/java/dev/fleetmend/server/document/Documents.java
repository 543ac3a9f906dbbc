package dev.fleetmend.server.document;

import dev.fleetmend.api.ApiException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Documents that can be run. */
public interface Documents {
  /**
   * One that Run Command can run.
   *
   * @param nameOrArn its name, or an ARN that ends in {@code document/<name>}
   * @param version a number, {@code $DEFAULT}, {@code $LATEST}, or null for the default
   * @throws ApiException InvalidDocument or InvalidDocumentVersion when there is none such
   */
  CommandDocument find(Handle db, String nameOrArn, @Nullable String version);
}
