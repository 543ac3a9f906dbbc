package dev.fleetmend.lab;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Debian package to be built for a synthetic archive; architecture all, one file of content that
 * holds the version. Each {@code with} method gives a changed copy.
 *
 * @param fields further control fields, such as Depends
 * @param scripts bodies of maintainer scripts by name (preinst, postinst, prerm, postrm), for sh -e
 * @param conffile the content of its conffile {@code /etc/NAME.conf}; null when it has none
 * @param change what the changelog says of this version
 * @param urgency the changelog's urgency
 * @param payload how many megabytes its file {@code /usr/lib/lab/NAME.payload} has; without one 0
 * @param files further files, their text by absolute path
 */
public record Deb(
    String name,
    String version,
    Map<String, String> fields,
    Map<String, String> scripts,
    @Nullable String conffile,
    String change,
    String urgency,
    int payload,
    Map<String, String> files) {

  public Deb {
    fields = Map.copyOf(fields);
    scripts = Map.copyOf(scripts);
    files = Map.copyOf(files);
  }

  public static Deb of(String name, String version) {
    return new Deb(name, version, Map.of(), Map.of(), null, "New version", "medium", 0, Map.of());
  }

  /** Sets a control field; Section is admin and Priority is optional unless set here. */
  public Deb withField(String field, String value) {
    return new Deb(
        name,
        version,
        put(fields, field, value),
        scripts,
        conffile,
        change,
        urgency,
        payload,
        files);
  }

  public Deb withScript(String script, String body) {
    return new Deb(
        name,
        version,
        fields,
        put(scripts, script, body),
        conffile,
        change,
        urgency,
        payload,
        files);
  }

  public Deb withConffile(String content) {
    return new Deb(name, version, fields, scripts, content, change, urgency, payload, files);
  }

  /** Makes it slow to unpack. */
  public Deb withPayload(int megabytes) {
    return new Deb(name, version, fields, scripts, conffile, change, urgency, megabytes, files);
  }

  /** Adds a file. */
  public Deb withFile(String path, String text) {
    return new Deb(
        name, version, fields, scripts, conffile, change, urgency, payload, put(files, path, text));
  }

  public Deb withChange(String change, String urgency) {
    return new Deb(name, version, fields, scripts, conffile, change, urgency, payload, files);
  }

  String control() {
    Map<String, String> all = new TreeMap<>(Map.of("Section", "admin", "Priority", "optional"));
    all.putAll(fields);
    StringBuilder control = new StringBuilder();
    control.append("Package: " + name + "\nVersion: " + version + "\nArchitecture: all\n");
    control.append("Maintainer: Lab <lab@invalid>\n");
    all.forEach((field, value) -> control.append(field + ": " + value + "\n"));
    return control.append("Description: lab package " + name + "\n").toString();
  }

  String changelog(Suite suite) {
    return """
        %s (%s) %s; urgency=%s

          * %s

         -- Lab <lab@invalid>  Thu, 01 Jan 2026 00:00:00 +0000
        """
        .formatted(fields.getOrDefault("Source", name), version, suite.codename(), urgency, change);
  }

  /** As in the file's name: without the epoch. */
  String fileName() {
    return name + "_" + version.substring(version.indexOf(':') + 1) + "_all.deb";
  }

  private static Map<String, String> put(Map<String, String> map, String key, String value) {
    Map<String, String> changed = new TreeMap<>(map);
    changed.put(key, value);
    return changed;
  }
}
