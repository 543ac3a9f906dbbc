package dev.fleetmend.node.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleHashesAttribute;
import java.lang.classfile.attribute.ModuleTargetAttribute;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The running JDK's own modules as jmod files that say to be for some platform. A JDK need not come
 * with such files (JEP 493), so they are made of what it runs on.
 */
final class ModulesOfThisJdk {
  private static final String MAGIC = "JM\1\0";

  /** Jlink makes these itself. */
  private static final String MADE_WHEN_LINKED = ".*/BoundMethodHandle\\$Species_(?!L\\.class).*";

  private static final Path JDK = Path.of(System.getProperty("java.home"));

  private final String platform;
  private final String version;

  /** Of this JDK's release. */
  ModulesOfThisJdk(String platform) {
    this(platform, Object.class.getModule().getDescriptor().rawVersion().orElseThrow());
  }

  ModulesOfThisJdk(String platform, String version) {
    this.platform = platform;
    this.version = version;
  }

  /** All that an image needs. */
  void writeInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(folder.resolve("java.xml.jmod"), "java.xml", false, file -> true);
    write(
        folder.resolve("java.base.jmod"),
        "java.base",
        true,
        file -> !file.toString().matches(MADE_WHEN_LINKED));
  }

  /** Only what says which they are. */
  void writeLabelsInto(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String module : List.of("java.base", "java.xml")) {
      write(folder.resolve(module + ".jmod"), module, false, file -> false);
    }
  }

  private void write(Path jmod, String module, boolean natives, Predicate<Path> classes)
      throws IOException {
    Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/" + module);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(jmod))) {
      out.write(MAGIC.getBytes(ISO_8859_1));
      ZipOutputStream zip = new ZipOutputStream(out);
      zip.setLevel(Deflater.BEST_SPEED);
      put(zip, "classes/module-info.class", descriptor(root.resolve("module-info.class")));
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).filter(classes).toList()) {
          String name = root.relativize(file).toString();
          if (!name.equals("module-info.class")) {
            put(zip, "classes/" + name, Files.readAllBytes(file));
          }
        }
      }
      if (natives) {
        put(zip, "bin/java", Files.readAllBytes(JDK.resolve("bin/java")));
        putAll(zip, "conf", file -> true);
        putAll(zip, "lib", file -> file.toString().matches(".*(\\.so|\\.cfg|\\.dat|/lib/[^.]*)"));
      }
      zip.finish();
    }
  }

  private byte[] descriptor(Path file) throws IOException {
    ClassFile classes = ClassFile.of();
    return classes.transformClass(
        classes.parse(Files.readAllBytes(file)),
        (made, part) -> {
          switch (part) {
            case ModuleHashesAttribute hashes -> {}
            case ModuleTargetAttribute target -> made.with(ModuleTargetAttribute.of(platform));
            case ModuleAttribute module -> made.with(versioned(module));
            default -> made.with(part);
          }
        });
  }

  private ModuleAttribute versioned(ModuleAttribute module) {
    return ModuleAttribute.of(
        module.moduleName().asSymbol(),
        made -> {
          made.moduleFlags(module.moduleFlagsMask()).moduleVersion(version);
          module.requires().forEach(made::requires);
          module.exports().forEach(made::exports);
          module.opens().forEach(made::opens);
          module.uses().forEach(made::uses);
          module.provides().forEach(made::provides);
        });
  }

  private static void putAll(ZipOutputStream zip, String folder, Predicate<Path> wanted)
      throws IOException {
    try (Stream<Path> files = Files.walk(JDK.resolve(folder), FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).filter(wanted).toList()) {
        if (!file.endsWith("lib/modules")) {
          put(zip, JDK.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }
}
