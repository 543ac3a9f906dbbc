package dev.fleetmend.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A small signed archive of rpm packages made for tests, worded as a family does. What was added or
 * dropped is seen by hosts once it is published and they have refreshed their lists.
 */
public final class RpmArchive {
  private final RpmFamily family;
  private final Path folder;
  private final RpmBuilder builder;
  private final Path key;
  private final Scripts scripts;
  private final Map<RpmRepository, Map<Rpm, Path>> added = new EnumMap<>(RpmRepository.class);
  private final List<Advisory> advisories = new ArrayList<>();
  private final Map<RpmRepository, List<ModuleStream>> modules = new EnumMap<>(RpmRepository.class);

  RpmArchive(RpmFamily family, Path archives, Path scratch, Path key, Scripts scripts) {
    this.family = family;
    this.folder = archives.resolve(family.folder());
    this.builder = new RpmBuilder(scratch, key, scripts);
    this.key = key;
    this.scripts = scripts;
  }

  /** Whether its lists are there. */
  boolean published() {
    return Files.exists(folder(RpmRepository.UPDATES).resolve("repodata/repomd.xml.key"));
  }

  /** Adds a package to a repository; it is built when the archive is published. */
  public RpmArchive add(RpmRepository repository, Rpm rpm) {
    added
        .computeIfAbsent(repository, one -> new LinkedHashMap<>())
        .put(rpm, folder(repository).resolve(rpm.fileName()));
    return this;
  }

  /** Adds a notice and the packages that it names to {@link RpmRepository#UPDATES}. */
  public RpmArchive add(Advisory advisory) {
    advisories.add(advisory);
    advisory.packages().forEach(rpm -> add(RpmRepository.UPDATES, rpm));
    return this;
  }

  /** Adds a module's stream with its packages to a repository. */
  public RpmArchive add(RpmRepository repository, ModuleStream stream) {
    modules.computeIfAbsent(repository, one -> new ArrayList<>()).add(stream);
    stream.packages().forEach(rpm -> add(repository, rpm));
    return this;
  }

  /** Takes a version out of a repository, file and all: the archive moves on. */
  public RpmArchive drop(RpmRepository repository, String name, String version) {
    Path file = folder(repository).resolve(Rpm.of(name, version).fileName());
    if (!Files.exists(file)) {
      throw new LabException(repository.id() + " has no " + name + " " + version);
    }
    Folders.remove(file);
    return this;
  }

  /** Takes every package out of a repository. */
  public RpmArchive dropAll(RpmRepository repository) {
    packages(repository).forEach(Folders::remove);
    return this;
  }

  /** Builds what was added, and writes and signs the lists of all repositories. */
  public RpmArchive publish() {
    Tools.require("rpmbuild", "rpmsign", "createrepo_c", "modifyrepo_c", "gpg");
    for (RpmRepository repository : RpmRepository.values()) {
      Path place = Folders.make(folder(repository));
      builder.build(added.getOrDefault(repository, Map.of()));
      if (repository == RpmRepository.UPDATES && !advisories.isEmpty()) {
        StringBuilder notices = new StringBuilder("<?xml version=\"1.0\"?>\n<updates>\n");
        advisories.forEach(advisory -> notices.append(advisory.xml(family)));
        Folders.replace(place.resolve("updateinfo.xml"), notices.append("</updates>\n").toString());
      }
      StringBuilder streams = new StringBuilder();
      modules.getOrDefault(repository, List.of()).forEach(one -> streams.append(one.yaml()));
      Path yaml = place.resolve("modules.yaml");
      if (streams.isEmpty()) {
        Folders.remove(yaml); // createrepo_c fails at an empty one
      } else {
        Folders.replace(yaml, streams.toString());
      }
      Execution.local(scripts.path("sign-repository.sh"), place.toString(), key.toString())
          .run()
          .orThrow();
    }
    added.clear();
    return this;
  }

  /** Makes these repositories the only ones of the host, and refreshes its lists. */
  public void offer(LabHost host, RpmRepository... repositories) {
    offer(host, "file://" + Lab.ARCHIVES_IN_HOST, repositories);
  }

  /** As {@link #offer(LabHost, RpmRepository...)}, under the address of the archives. */
  public void offer(LabHost host, String archives, RpmRepository... repositories) {
    for (RpmRepository repository : RpmRepository.values()) {
      Folders.remove(host.path(source(repository)));
    }
    for (RpmRepository repository : repositories) {
      host.write(source(repository), configuration(archives, repository));
    }
    refresh(host);
  }

  /** Has the host fetch its lists anew. */
  public void refresh(LabHost host) {
    switch (family) {
      case DNF, DNF5 -> host.exec("dnf", "-q", "--refresh", "makecache").orThrow();
      case YUM -> host.exec("yum", "-q", "makecache", "fast").orThrow();
      case ZYPPER -> host.exec("zypper", "-nq", "refresh", "--force").orThrow();
    }
  }

  /**
   * Makes the host one that was installed when the release came out: it gets all that is in {@link
   * RpmRepository#BASE}, then every repository is offered to it.
   */
  public void installReleased(LabHost host) {
    offer(host, RpmRepository.BASE);
    List<String> command =
        new ArrayList<>(
            switch (family) {
              case DNF, DNF5 -> List.of("dnf", "-q", "-y", "install");
              case YUM -> List.of("yum", "-q", "-y", "install");
              case ZYPPER -> List.of("zypper", "-nq", "install");
            });
    for (Path rpm : packages(RpmRepository.BASE)) {
      command.add(rpm.getFileName().toString().replaceFirst("-[^-]+-[^-]+\\.rpm$", ""));
    }
    host.exec(command.toArray(String[]::new)).orThrow();
    offer(host, RpmRepository.values());
  }

  private String source(RpmRepository repository) {
    return family.sources() + "/" + repository.id() + ".repo";
  }

  private String configuration(String archives, RpmRepository repository) {
    return """
        [%s]
        name=%s
        enabled=1
        %sbaseurl=%s/%s/%s
        gpgcheck=1
        gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-lab
        """
        .formatted(
            repository.id(),
            repository.id(),
            family == RpmFamily.ZYPPER ? "autorefresh=1\n" : "",
            archives,
            family.folder(),
            repository.id());
  }

  private Path folder(RpmRepository repository) {
    return folder.resolve(repository.id());
  }

  private List<Path> packages(RpmRepository repository) {
    try (Stream<Path> found = Files.list(folder(repository))) {
      return found.filter(file -> file.toString().endsWith(".rpm")).sorted().toList();
    } catch (IOException e) {
      throw new LabException("cannot read " + folder(repository), e);
    }
  }
}
