package dev.fleetmend.patching.baseline;

import java.util.List;

/** A patch filter: {@code key} is one of SSM's PatchFilterKey; a value {@code *} means any. */
public record Filter(String key, List<String> values) {
  public Filter {
    values = List.copyOf(values);
  }
}
