package dev.fleetmend.protocol.json;

/** The shapes of the record classes seen so far; reflection is done once a class. */
final class RecordShapes {
  private final ClassValue<RecordShape> shapes =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return RecordShape.reflect(type);
        }
      };

  RecordShape of(Class<?> type) {
    return shapes.get(type);
  }
}
