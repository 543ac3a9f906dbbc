package dev.fleetmend.server.compliance;

import java.util.List;
import org.jdbi.v3.core.Handle;
import software.amazon.awssdk.services.ssm.model.ComplianceItem;

/** Compliance for other capabilities. */
public interface ComplianceDirectory {
  /** All items of a node, by type, id and title. */
  List<ComplianceItem> items(Handle db, String instanceId);

  /** How a node stands, one for each type. */
  List<NodeCompliance> summaries(Handle db, String instanceId);
}
