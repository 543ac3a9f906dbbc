package dev.fleetmend.node.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** All transactions of this host. */
public final class Journal {
  private static final String FILE = "journal";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path folder;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param folder made where it is missing
   * @throws IOException when it cannot be made
   */
  public Journal(Path folder, Clock clock) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.clock = clock;
  }

  /** Begins a transaction: its order is on the disk when this returns, and nothing else is done. */
  public Transaction begin(Order order, String bootId) throws IOException {
    String id = newId();
    Path own = folder.resolve(id);
    Files.createDirectory(own);
    Transaction transaction = new Transaction(id, own, file(own), clock, List.of());
    transaction.append(transaction.entry(Phase.PLANNED, bootId, "").with(order));
    sync(own);
    sync(folder);
    return transaction;
  }

  /**
   * A transaction as it stands on the disk.
   *
   * @throws IOException when its journal cannot be read or is damaged
   */
  public Optional<Transaction> find(String id) throws IOException {
    Path own = folder.resolve(id);
    if (!ID.matcher(id).matches() || !Files.exists(own.resolve(FILE))) {
      return Optional.empty();
    }
    List<Entry> entries = file(own).read();
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(new Transaction(id, own, file(own), clock, entries));
  }

  /** All transactions, oldest first; a folder whose first record never got written is none. */
  public List<Transaction> all() throws IOException {
    List<Transaction> all = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path own : folders) {
        find(own.getFileName().toString()).ifPresent(all::add);
      }
    }
    all.sort(Comparator.comparing(Transaction::id));
    return all;
  }

  private static JournalFile file(Path own) {
    return new JournalFile(own.resolve(FILE));
  }

  /** A UUID of version 7: 48 bits of time, 74 of chance. */
  private String newId() {
    long most = (clock.millis() << 16) | 0x7000 | random.nextInt(1 << 12);
    long least = (random.nextLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(most, least).toString();
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
