package dev.fleetmend.node.rpm;

import dev.fleetmend.node.program.Programs;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The metadata files of one repository, as {@code repomd.xml} lists them. A package manager may
 * keep them by another name than the repository does, such as with the checksum in front.
 */
final class Repodata {
  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final Map<String, Path> files;

  private Repodata(Path folder, Map<String, Path> files) {
    this.folder = folder;
    this.files = files;
  }

  /** Reads XML as it comes. */
  interface XmlHandler {
    /** Reads to the end of the document. */
    void read(XMLStreamReader xml) throws XMLStreamException;
  }

  static Repodata open(Path folder) throws IOException {
    Map<String, Path> files = new HashMap<>();
    try (InputStream in = Files.newInputStream(folder.resolve("repomd.xml"))) {
      parse(
          in,
          xml -> {
            String type = "";
            while (xml.hasNext()) {
              if (xml.next() == XMLStreamReader.START_ELEMENT) {
                if (xml.getLocalName().equals("data")) {
                  type = attribute(xml, "type");
                } else if (xml.getLocalName().equals("location")) {
                  files.put(type, Path.of(attribute(xml, "href")).getFileName());
                }
              }
            }
          });
    }
    return new Repodata(folder, files);
  }

  /** Whether the repository has metadata of that type. */
  boolean has(String type) {
    return files.containsKey(type);
  }

  /** Whether the repository has metadata of a type that are not here under its own name. */
  boolean lacks(String type) {
    Path name = files.get(type);
    return name != null && !Files.isRegularFile(folder.resolve(name));
  }

  /** Reads metadata of a type; nothing where the repository has none. */
  void read(String type, XmlHandler handler) throws IOException {
    Optional<Path> file = file(type);
    if (file.isPresent()) {
      try (InputStream in = plain(file.get())) {
        parse(in, handler);
      }
    }
  }

  private Optional<Path> file(String type) throws IOException {
    Path name = files.get(type);
    if (name == null) {
      return Optional.empty();
    }
    Path file = folder.resolve(name);
    if (Files.isRegularFile(file)) {
      return Optional.of(file);
    }
    try (var others = Files.newDirectoryStream(folder, "*" + type + ".xml*")) {
      for (Path other : others) {
        return Optional.of(other);
      }
    }
    return Optional.empty();
  }

  /** By the host's own programs where the JDK cannot. */
  private static InputStream plain(Path file) throws IOException {
    String name = file.toString();
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), BUFFER);
    }
    if (name.endsWith(".zst") || name.endsWith(".zck")) {
      return unpacked(List.of(name.endsWith(".zck") ? "unzck" : "zstd", "-dc", name));
    }
    if (name.endsWith(".xz")) {
      return unpacked(List.of("xz", "-dc", name));
    }
    if (name.endsWith(".bz2")) {
      return unpacked(List.of("bzip2", "-dc", name));
    }
    return new BufferedInputStream(Files.newInputStream(file), BUFFER);
  }

  private static InputStream unpacked(List<String> command) throws IOException {
    Process process = new Programs(Map.of()).stream(command);
    return new FilterInputStream(new BufferedInputStream(process.getInputStream(), BUFFER)) {
      @Override
      public void close() throws IOException {
        super.close();
        process.destroy();
      }
    };
  }

  /** No document can make this read another file. */
  private static void parse(InputStream in, XmlHandler handler) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      try {
        handler.read(xml);
      } finally {
        xml.close();
      }
    } catch (XMLStreamException e) {
      throw new IOException("damaged repository metadata: " + e.getMessage(), e);
    }
  }

  static String attribute(XMLStreamReader xml, String name) {
    String value = xml.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
