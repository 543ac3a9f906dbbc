package dev.fleetmend.node.journal;

import dev.fleetmend.node.state.DurableFile;
import dev.fleetmend.patching.exchange.PatchResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journalled transaction: what it is to do, how far it is, how it ended. */
public final class Transaction {
  /** The note of a last record where something was left undone because it was asked to stop. */
  public static final String CANCELLED = "cancelled";

  /** The note of a last record where nothing was changed because something stood against it. */
  public static final String STOPPED = "stopped before anything was changed";

  private final String id;
  private final Path folder;
  private final JournalFile file;
  private final Clock clock;
  private final List<Entry> entries;

  Transaction(String id, Path folder, JournalFile file, Clock clock, List<Entry> entries) {
    this.id = id;
    this.folder = folder;
    this.file = file;
    this.clock = clock;
    this.entries = new ArrayList<>(entries);
  }

  /** Its id, which sorts by the time it began. */
  public String id() {
    return id;
  }

  /** Its folder, for what belongs to it alone. */
  public Path folder() {
    return folder;
  }

  /** What the package manager said while it ran. */
  public Path log() {
    return folder.resolve("log");
  }

  /** What it is to do. */
  public Order order() {
    Order order = entries.getFirst().order();
    if (order == null) {
      throw new IllegalStateException("transaction " + id + " has no order");
    }
    return order;
  }

  /** How far it is. */
  public Phase phase() {
    return entries.getLast().phase();
  }

  /** Whether it is over. */
  public boolean isDone() {
    return phase() == Phase.DONE;
  }

  /** All records, oldest first. */
  public List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** The record of what changes and how all stood before, once there is one. */
  public Optional<Entry> before() {
    return entries.stream().filter(entry -> entry.phase() == Phase.VAULTED).findFirst();
  }

  /** The last record. */
  public Entry last() {
    return entries.getLast();
  }

  /** The results, empty until it is done. */
  public List<PatchResult> results() {
    return last().results();
  }

  /** A record at this moment. */
  public Entry entry(Phase phase, String bootId, String note) {
    return Entry.of(clock.millis(), phase, bootId, note);
  }

  /** Asks the transaction to stop before it changes anything more. */
  public void cancel() throws IOException {
    DurableFile.write(cancelMark(), new byte[0]);
  }

  /** Whether it was asked to. */
  public boolean cancelRequested() {
    return Files.exists(cancelMark());
  }

  /** Whether something was left undone for that. */
  public boolean isCancelled() {
    return isDone() && last().note().equals(CANCELLED);
  }

  /** Whether nothing was changed because something stood against it. */
  public boolean isStopped() {
    return isDone() && last().note().equals(STOPPED);
  }

  private Path cancelMark() {
    return folder.resolve("cancel");
  }

  /** Writes a record; when this returns it is on the disk. */
  public void append(Entry entry) throws IOException {
    file.append(entry);
    entries.add(entry);
  }
}
