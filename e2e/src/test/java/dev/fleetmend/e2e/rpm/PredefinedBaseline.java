package dev.fleetmend.e2e.rpm;

import dev.fleetmend.patching.baseline.ApprovalRule;
import dev.fleetmend.patching.baseline.Baseline;
import dev.fleetmend.patching.baseline.ComplianceLevel;
import dev.fleetmend.patching.baseline.RejectedAction;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The predefined baseline that is the default of an operating system, read from the server's. */
final class PredefinedBaseline {
  private static final String FILE = "/dev/fleetmend/server/baseline/predefined-baselines.json";

  private record File(List<Entry> entries) {}

  private record Entry(Content baseline) {}

  private record Content(String name, String operatingSystem, Rules approvalRules) {}

  private record Rules(List<Rule> patchRules) {}

  private record Rule(Filters patchFilterGroup, int approveAfterDays, boolean enableNonSecurity) {}

  private record Filters(List<Filter> patchFilters) {}

  private record Filter(String key, List<String> values) {}

  private PredefinedBaseline() {}

  static Baseline of(String operatingSystem) throws IOException {
    Content content =
        read().entries().stream()
            .map(Entry::baseline)
            .filter(one -> one.operatingSystem().equals(operatingSystem))
            .findFirst()
            .orElseThrow();
    return new Baseline(
        content.name(),
        operatingSystem,
        List.of(),
        content.approvalRules().patchRules().stream().map(PredefinedBaseline::rule).toList(),
        List.of(),
        ComplianceLevel.UNSPECIFIED,
        false,
        List.of(),
        RejectedAction.ALLOW_AS_DEPENDENCY);
  }

  private static ApprovalRule rule(Rule rule) {
    return new ApprovalRule(
        rule.patchFilterGroup().patchFilters().stream()
            .map(one -> new dev.fleetmend.patching.baseline.Filter(one.key(), one.values()))
            .toList(),
        ComplianceLevel.UNSPECIFIED,
        rule.approveAfterDays(),
        null,
        rule.enableNonSecurity());
  }

  private static File read() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PredefinedBaseline.class.getResourceAsStream(FILE), FILE)) {
      String list = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      byte[] whole = ("{\"Entries\":" + list + "}").getBytes(StandardCharsets.UTF_8);
      return new RecordJson(Naming.PASCAL).read(whole, File.class);
    }
  }
}
