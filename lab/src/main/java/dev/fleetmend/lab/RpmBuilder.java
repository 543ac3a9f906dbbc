package dev.fleetmend.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Builds and signs packages with rpm's own tools, all at once. */
final class RpmBuilder {
  private final Path scratch;
  private final Path key;
  private final Scripts scripts;

  RpmBuilder(Path scratch, Path key, Scripts scripts) {
    this.scratch = scratch;
    this.key = key;
    this.scripts = scripts;
  }

  /**
   * Builds packages that are all of one repository.
   *
   * @param built their place by package
   */
  void build(Map<Rpm, Path> built) {
    if (built.isEmpty()) {
      return;
    }
    Folders.remove(scratch);
    Path out = Folders.make(scratch.resolve("out"));
    List<String> build = new ArrayList<>(List.of("rpmbuild", "--quiet", "-bb"));
    define(build, "_topdir " + scratch.resolve("top"));
    define(build, "_rpmdir " + out);
    define(build, "_build_name_fmt %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm");
    define(build, "_binary_payload w1.gzdio");
    define(build, "__os_install_post %{nil}");
    for (Rpm rpm : built.keySet()) {
      Path spec = scratch.resolve(rpm.nevra() + ".spec");
      Folders.write(spec, rpm.spec());
      build.add(spec.toString());
    }
    Execution.local(build.toArray(String[]::new)).run().orThrow();
    List<String> sign = new ArrayList<>(List.of(scripts.path("sign-packages.sh"), key.toString()));
    built.keySet().forEach(rpm -> sign.add(out.resolve(rpm.fileName()).toString()));
    Execution.local(sign.toArray(String[]::new)).run().orThrow();
    built.forEach((rpm, place) -> Folders.move(out.resolve(rpm.fileName()), place));
  }

  private static void define(List<String> command, String macro) {
    command.add("--define");
    command.add(macro);
  }
}
