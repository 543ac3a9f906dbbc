package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import dev.fleetmend.node.FleetmendAgent;
import dev.fleetmend.patching.fact.HostFacts;
import dev.fleetmend.protocol.json.RecordJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What goes into an image.
 *
 * @param java the JDK's folder
 * @param modules of another platform's JDK, or null for this one's
 * @param libraries jars, or folders of classes, in the order of the class path
 */
record Ingredients(Path java, @Nullable JdkModules modules, List<Path> libraries) {
  private static final int KEY_DIGITS = 16;

  /** The running JDK, and the agent with all that it needs, wherever this program has them from. */
  static Ingredients ofThisProgram(@Nullable JdkModules modules) throws IOException {
    List<Path> libraries = new ArrayList<>();
    for (Class<?> each :
        List.of(
            FleetmendAgent.class,
            HostFacts.class,
            RecordJson.class,
            JsonFactory.class,
            Nullable.class)) {
      libraries.add(place(each));
    }
    return new Ingredients(Path.of(System.getProperty("java.home")), modules, libraries);
  }

  /** The same for the same ingredients, and for no others. */
  String key() throws IOException {
    MessageDigest digest = Hashes.sha256();
    digest.update(ImageBuild.recipe().getBytes(UTF_8));
    digest.update(Files.readAllBytes(java.resolve("release")));
    if (modules != null) {
      for (String module : ImageBuild.MODULES) {
        add(digest, modules.folder().resolve(module + ".jmod"));
      }
    }
    for (Path library : libraries) {
      add(digest, library);
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
  }

  private static void add(MessageDigest digest, Path library) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(library)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      digest.update((library.relativize(file) + " " + Files.size(file) + "\n").getBytes(UTF_8));
      try (InputStream in = Files.newInputStream(file)) {
        Hashes.add(digest, in);
      }
    }
  }

  private static Path place(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException("cannot find where " + type.getName() + " is", e);
    }
  }
}
