package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes one image in a folder that does not exist yet. */
final class ImageBuild {
  /**
   * What makes an idle agent small: Serial GC, C1, small spaces; what the compiler freed goes back
   * to the host every few minutes; and the cache of classes stays where it was made for, so that
   * its pages are the file's own and not copies (9 MB less).
   */
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xms4m",
          "-Xmx128m",
          "-Xss256k",
          "-XX:ReservedCodeCacheSize=16m",
          "-XX:+UseCompactObjectHeaders",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=30",
          "-XX:-ShrinkHeapInSteps",
          "-XX:-UsePerfData",
          "-XX:TrimNativeHeapInterval=120000",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0");

  static final List<String> MODULES = List.of("java.base", "java.xml");
  private static final List<String> SCRIPTS = List.of("fleetmend-agent", "fleetmend-agent-setup");
  private static final FileTime TIME = FileTime.fromMillis(TarGzip.TIME * 1000);

  private final Path image;

  ImageBuild(Path image) {
    this.image = image;
  }

  /** All that an image depends on besides its ingredients. */
  static String recipe() throws IOException {
    StringBuilder recipe = new StringBuilder(FLAGS + " " + MODULES);
    for (String script : SCRIPTS) {
      recipe.append(script(script));
    }
    return recipe.toString();
  }

  /**
   * Makes it.
   *
   * @param scratch a folder that does not exist yet either, for the trial run
   */
  void make(Ingredients ingredients, Path scratch) throws IOException, InterruptedException {
    link(ingredients);
    Path libraries = Files.createDirectory(image.resolve("app"));
    List<Path> jars = new ArrayList<>();
    for (Path library : ingredients.libraries()) {
      Path jar = libraries.resolve("agent-" + jars.size() + ".jar");
      jar(ingredients.java(), library, jar);
      jars.add(jar);
    }
    for (String name : SCRIPTS) {
      Path script = image.resolve("bin").resolve(name);
      Files.writeString(
          script,
          script(name)
              .replace("@FLAGS@", String.join(" ", FLAGS))
              .replace("@CLASSPATH@", classPath("$home/app", jars)));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    // The cache of loaded classes is for files of this very age: it is made after, not before.
    age();
    if (ingredients.modules() == null) {
      recordClasses(ingredients.java(), libraries, jars, scratch);
    }
  }

  private void link(Ingredients ingredients) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ingredients.java().resolve("bin/jlink").toString(),
                "--add-modules",
                String.join(",", MODULES),
                "--no-header-files",
                "--no-man-pages",
                "--output",
                image.toString()));
    JdkModules modules = ingredients.modules();
    if (modules == null) {
      command.add("--strip-debug");
    } else {
      // This machine's objcopy need not know the other processor's libraries.
      command.addAll(
          List.of("--strip-java-debug-attributes", "--module-path", modules.folder().toString()));
    }
    Tool.run(command.toArray(String[]::new));
  }

  private void recordClasses(Path java, Path libraries, List<Path> jars, Path scratch)
      throws IOException, InterruptedException {
    List<String> program = new ArrayList<>(List.of(image.resolve("bin/java").toString()));
    program.addAll(FLAGS);
    Path cache = libraries.resolve("agent.aot");
    new TrialRun(java, program, classPath(libraries.toString(), jars), scratch).record(cache);
    Files.setLastModifiedTime(cache, TIME);
  }

  private static String script(String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(ImageBuild.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String classPath(String folder, List<Path> jars) {
    return String.join(":", jars.stream().map(jar -> folder + "/" + jar.getFileName()).toList());
  }

  private static void jar(Path java, Path library, Path jar)
      throws IOException, InterruptedException {
    if (Files.isRegularFile(library)) {
      Files.copy(library, jar);
    } else {
      Tool.run(
          java.resolve("bin/jar").toString(),
          "--create",
          "--date=2026-01-01T00:00:00Z",
          "--file=" + jar,
          "-C",
          library.toString(),
          ".");
    }
  }

  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(image)) {
      for (Path file : files.filter(each -> !Files.isSymbolicLink(each)).toList()) {
        Files.setLastModifiedTime(file, TIME);
      }
    }
  }
}
