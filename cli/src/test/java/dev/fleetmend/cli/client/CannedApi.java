package dev.fleetmend.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An API with answers laid out beforehand, that keeps what it was asked. */
public final class CannedApi implements Api {
  private final Map<String, Deque<String>> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();

  /** The next answer of an operation; the last one laid out is given again and again. */
  public CannedApi answer(String target, String json) {
    answers.computeIfAbsent(target, key -> new ArrayDeque<>()).add(json);
    return this;
  }

  @Override
  public ObjectNode call(String target, ObjectNode request) {
    asked.add(target + " " + request);
    Deque<String> left = answers.get(target);
    if (left == null) {
      throw new ApiProblem(target, "UnexpectedInTest", request.toString());
    }
    return json(left.size() > 1 ? left.remove() : left.element());
  }

  public List<String> asked() {
    return asked;
  }

  static ObjectNode json(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
