package dev.fleetmend.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/traps.md} names tests that exist, for every trap. */
class TrapTableTest {
  private static final int TRAPS = 20;
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\|.*\\|([^|]*)\\|");
  private static final Pattern NAMED = Pattern.compile("`(\\w+)\\.(\\w+)`");

  @Test
  void everyTrapIsPinnedByTestsThatExist() throws IOException {
    List<Matcher> rows =
        Files.readAllLines(ROOT.resolve("docs").resolve("traps.md")).stream()
            .map(ROW::matcher)
            .filter(Matcher::matches)
            .toList();

    assertThat(rows)
        .extracting(row -> Integer.parseInt(row.group(1)))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, TRAPS).boxed().toList());
    List<Path> tests = tests();
    for (Matcher row : rows) {
      List<String> named = NAMED.matcher(row.group(2)).results().map(test -> test.group()).toList();
      assertThat(named).as("trap " + row.group(1)).isNotEmpty();
      NAMED
          .matcher(row.group(2))
          .results()
          .forEach(test -> requireMethod(tests, test.group(1), test.group(2)));
    }
  }

  private static List<Path> tests() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .map(module -> module.resolve("src").resolve("test").resolve("java"))
          .filter(Files::isDirectory)
          .flatMap(TrapTableTest::files)
          .filter(file -> file.toString().endsWith("Test.java"))
          .toList();
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireMethod(List<Path> tests, String type, String method) {
    assertThat(tests)
        .as(type + "." + method)
        .anyMatch(
            file -> file.endsWith(type + ".java") && read(file).contains("void " + method + "("));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
