package dev.fleetmend.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An rpm package to be built for an archive; architecture noarch, one file of content that holds
 * the version. Each {@code with} method gives a changed copy.
 *
 * @param tags lines of the spec's preamble, such as {@code Requires: lab-lib >= 1.1}
 * @param scripts bodies of scriptlets by name (pre, post, preun, postun, pretrans, posttrans)
 * @param config the content of its configuration file {@code /etc/NAME.conf}; null when it has none
 * @param noReplace whether that file is {@code %config(noreplace)} rather than {@code %config}
 * @param files the content of further files by absolute path
 * @param payload how many megabytes its file {@code /usr/lib/lab/NAME.payload} has; without one 0
 */
public record Rpm(
    String name,
    String version,
    List<String> tags,
    Map<String, String> scripts,
    @Nullable String config,
    boolean noReplace,
    Map<String, String> files,
    int payload) {
  /** The release of every package: its whole version is {@code VERSION-1}. */
  public static final String RELEASE = "1";

  /** The architecture of every package. */
  public static final String ARCH = "noarch";

  public Rpm {
    tags = List.copyOf(tags);
    scripts = Map.copyOf(scripts);
    files = Map.copyOf(files);
  }

  public static Rpm of(String name, String version) {
    return new Rpm(name, version, List.of(), Map.of(), null, true, Map.of(), 0);
  }

  public Rpm withTag(String tag, String value) {
    List<String> all = new ArrayList<>(tags);
    all.add(tag + ": " + value);
    return new Rpm(name, version, all, scripts, config, noReplace, files, payload);
  }

  public Rpm withScript(String script, String body) {
    Map<String, String> all = new TreeMap<>(scripts);
    all.put(script, body);
    return new Rpm(name, version, tags, all, config, noReplace, files, payload);
  }

  /** Gives it a configuration file; a changed one is kept and the new one is put beside it. */
  public Rpm withConfigNoReplace(String content) {
    return new Rpm(name, version, tags, scripts, content, true, files, payload);
  }

  /** Gives it a configuration file; a changed one is put aside for the new one. */
  public Rpm withConfig(String content) {
    return new Rpm(name, version, tags, scripts, content, false, files, payload);
  }

  /** Gives it one more file, of one line. */
  public Rpm withFile(String path, String content) {
    Map<String, String> all = new TreeMap<>(files);
    all.put(path, content);
    return new Rpm(name, version, tags, scripts, config, noReplace, all, payload);
  }

  /** Makes it slow to unpack. */
  public Rpm withPayload(int megabytes) {
    return new Rpm(name, version, tags, scripts, config, noReplace, files, megabytes);
  }

  /** {@code NAME-VERSION-RELEASE.ARCH}, as rpm names it. */
  public String nevra() {
    return name + "-" + version + "-" + RELEASE + "." + ARCH;
  }

  String fileName() {
    return nevra() + ".rpm";
  }

  String spec() {
    StringBuilder spec = new StringBuilder();
    spec.append("Name: " + name + "\nVersion: " + version + "\nRelease: " + RELEASE + "\n");
    spec.append("Summary: Lab package " + name + "\nLicense: MIT\nBuildArch: " + ARCH + "\n");
    tags.forEach(tag -> spec.append(tag + "\n"));
    String content = "/usr/lib/lab/" + name + "-" + version;
    spec.append("%description\nLab package " + name + "\n%install\n");
    spec.append("mkdir -p %{buildroot}/usr/lib/lab %{buildroot}/etc\n");
    spec.append("echo " + version + " >%{buildroot}" + content + "\n");
    if (payload > 0) {
      spec.append("head -c " + payload + "M /dev/urandom >%{buildroot}" + content + ".payload\n");
    }
    if (config != null) {
      spec.append("cat >%{buildroot}/etc/" + name + ".conf <<'CONFIG'\n" + config + "CONFIG\n");
    }
    files.forEach(
        (path, line) ->
            spec.append("install -D /dev/null %{buildroot}" + path + "\n")
                .append("echo '" + line + "' >%{buildroot}" + path + "\n"));
    scripts.forEach((script, body) -> spec.append("%" + script + "\n" + body + "\n"));
    spec.append("%files\n" + content + "\n");
    files.keySet().forEach(path -> spec.append(path + "\n"));
    if (payload > 0) {
      spec.append(content + ".payload\n");
    }
    if (config != null) {
      spec.append("%config" + (noReplace ? "(noreplace)" : "") + " /etc/" + name + ".conf\n");
    }
    return spec.toString();
  }
}
