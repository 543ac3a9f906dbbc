package dev.fleetmend.server.inventory;

import dev.fleetmend.api.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import software.amazon.awssdk.services.ssm.model.InventoryAggregator;
import software.amazon.awssdk.services.ssm.model.InventoryGroup;
import software.amazon.awssdk.services.ssm.model.InventoryResultEntity;
import software.amazon.awssdk.services.ssm.model.InventoryResultItem;

/** Counts nodes: by the values of attributes, or by whether they pass the filters of groups. */
final class InventoryAggregation {
  private final List<Counter> counters = new ArrayList<>();

  /** One result being counted. */
  private interface Counter {
    void count(Function<String, Optional<InventoryContent>> node);

    InventoryResultEntity result();
  }

  /**
   * Counts by aggregators.
   *
   * @throws ApiException InvalidAggregatorException, InvalidInventoryGroupException or
   *     InvalidFilter where one can't be counted by
   */
  InventoryAggregation(List<InventoryAggregator> aggregators) {
    for (InventoryAggregator aggregator : aggregators) {
      if (aggregator.expression() != null) {
        addByValue(List.of(), aggregator);
      }
      aggregator.groups().forEach(group -> counters.add(new ByGroup(group)));
      if (aggregator.expression() == null && aggregator.groups().isEmpty()) {
        throw new ApiException(
            "InvalidAggregatorException", "An aggregator needs an Expression or Groups.");
      }
    }
  }

  private void addByValue(List<Attribute> above, InventoryAggregator aggregator) {
    List<Attribute> path = new ArrayList<>(above);
    path.add(Attribute.of(aggregator.expression()));
    if (path.size() > 1 && !path.stream().allMatch(Attribute::isSingle)) {
      throw new ApiException(
          "InvalidAggregatorException",
          "Only attributes of AWS:InstanceInformation can be nested.");
    }
    if (aggregator.aggregators().isEmpty()) {
      counters.add(new ByValue(path));
    }
    aggregator.aggregators().forEach(nested -> addByValue(path, nested));
  }

  void count(Function<String, Optional<InventoryContent>> node) {
    counters.forEach(counter -> counter.count(node));
  }

  List<InventoryResultEntity> results() {
    return counters.stream().map(Counter::result).toList();
  }

  /** Such as {@code AWS:InstanceInformation.PlatformType}. */
  private record Attribute(String type, String name) {
    static Attribute of(String expression) {
      String text = expression == null ? "" : expression;
      int dot = text.lastIndexOf('.');
      if (dot < text.indexOf(':') || dot < 1 || text.indexOf('\0') >= 0) {
        throw new ApiException(
            "InvalidAggregatorException",
            "The expression "
                + text
                + " must be <type>.<attribute>, such as"
                + " AWS:InstanceInformation.PlatformType.");
      }
      return new Attribute(text.substring(0, dot), text.substring(dot + 1));
    }

    /** Whether a node has it once, so that combinations stay few. */
    boolean isSingle() {
      return type.equals(AwsType.INSTANCE_INFORMATION.typeName());
    }

    TreeSet<String> values(Function<String, Optional<InventoryContent>> node) {
      TreeSet<String> values = new TreeSet<>();
      node.apply(type)
          .map(InventoryContent::entries)
          .orElse(List.of())
          .forEach(entry -> Optional.ofNullable(entry.get(name)).ifPresent(values::add));
      return values;
    }
  }

  /** Counts a node once for each different value, or combination of values. */
  private static final class ByValue implements Counter {
    private final List<Attribute> path;
    private final Map<List<String>, Integer> counts =
        new TreeMap<>(
            (one, other) -> String.join("\u0001", one).compareTo(String.join("\u0001", other)));

    ByValue(List<Attribute> path) {
      this.path = List.copyOf(path);
    }

    @Override
    public void count(Function<String, Optional<InventoryContent>> node) {
      List<List<String>> combinations = List.of(List.of());
      for (Attribute attribute : path) {
        List<List<String>> longer = new ArrayList<>();
        for (List<String> combination : combinations) {
          for (String value : attribute.values(node)) {
            List<String> one = new ArrayList<>(combination);
            one.add(value);
            longer.add(one);
          }
        }
        combinations = longer;
      }
      combinations.forEach(values -> counts.merge(values, 1, Integer::sum));
    }

    @Override
    public InventoryResultEntity result() {
      List<Map<String, String>> content = new ArrayList<>();
      counts.forEach(
          (values, count) -> {
            Entry entry = new Entry().put("Count", count);
            for (int index = 0; index < path.size(); index++) {
              entry.put(path.get(index).name(), values.get(index));
            }
            content.add(entry.map());
          });
      return entity(path.getFirst().type(), content);
    }
  }

  private static final class ByGroup implements Counter {
    private final String name;
    private final InventoryFilters filters;
    private int matching;
    private int others;

    ByGroup(InventoryGroup group) {
      this.name = group.name();
      this.filters = InventoryFilters.of(group.filters());
    }

    @Override
    public void count(Function<String, Optional<InventoryContent>> node) {
      if (filters.admit(node)) {
        matching++;
      } else {
        others++;
      }
    }

    @Override
    public InventoryResultEntity result() {
      return entity(
          name,
          List.of(
              Map.of("matchingCount", String.valueOf(matching)),
              Map.of("notMatchingCount", String.valueOf(others))));
    }
  }

  private static InventoryResultEntity entity(String name, List<Map<String, String>> content) {
    return InventoryResultEntity.builder()
        .data(Map.of(name, InventoryResultItem.builder().content(content).build()))
        .build();
  }
}
