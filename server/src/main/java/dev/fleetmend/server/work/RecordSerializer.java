package dev.fleetmend.server.work;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import dev.fleetmend.protocol.json.Naming;
import dev.fleetmend.protocol.json.RecordJson;

/** Work's data as JSON, so that a newer server can read what an older one scheduled. */
final class RecordSerializer implements Serializer {
  private final RecordJson json = new RecordJson(Naming.CAMEL);

  @Override
  public byte[] serialize(Object data) {
    return json.write((Record) data);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] bytes) {
    return type.cast(json.read(bytes, type.asSubclass(Record.class)));
  }
}
