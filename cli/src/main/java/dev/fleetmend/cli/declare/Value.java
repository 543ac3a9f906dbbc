package dev.fleetmend.cli.declare;

import java.util.List;

/** A value of a declarative file and the line, from 1, on which it begins. */
sealed interface Value {
  int line();

  /** What a reader would call it. */
  String kind();

  /** A text, number or flag as written; empty for null. */
  record Scalar(String text, int line) implements Value {
    @Override
    public String kind() {
      return "a single value";
    }
  }

  /** A list. */
  record Items(List<Value> values, int line) implements Value {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys and values, in the order of the file. */
  record Members(List<Member> members, int line) implements Value {
    @Override
    public String kind() {
      return "a group of keys";
    }
  }

  /** One key and its value. */
  record Member(String key, int line, Value value) {}
}
