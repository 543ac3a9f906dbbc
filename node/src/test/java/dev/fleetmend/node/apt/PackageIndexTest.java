package dev.fleetmend.node.apt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PackageIndexTest {
  @Test
  void findsAVersionOfARealList() throws IOException {
    PackageIndexBuilder builder = new PackageIndexBuilder();
    try (InputStream list = Golden.open("debian12.Packages")) {
      builder.read(list);
    }
    PackageIndex index = builder.build();

    PackageIndex.Entry libssl = index.find("libssl3", "3.0.22-1~deb12u2");
    assertThat(libssl).isNotNull();
    assertThat(libssl.section()).isEqualTo("libs");
    assertThat(libssl.arch()).isEqualTo("amd64");
    assertThat(libssl.priority()).isEqualTo("optional");
    assertThat(libssl.bytes()).isEqualTo(2_039_888);
    assertThat(index.find("libssl3", "1")).isNull();
  }

  @Test
  void findsEachOfManyAndKeepsTheFirstOfEqualOnes() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      list.append("Package: p").append(i).append("\nVersion: 1\nArchitecture: all\nSection: s");
      list.append(i % 300).append("\nPriority: optional\nSize: ").append(i).append("\n\n");
    }
    list.append("Package: p7\nVersion: 1\nArchitecture: i386\nSize: 1\n");
    PackageIndexBuilder builder = new PackageIndexBuilder();
    builder.read(new ByteArrayInputStream(list.toString().getBytes(StandardCharsets.UTF_8)));
    PackageIndex index = builder.build();

    assertThat(index.size()).isEqualTo(20_000);
    assertThat(index.find("p19999", "1"))
        .isEqualTo(new PackageIndex.Entry("all", "s199", "optional", 19_999));
    assertThat(index.find("p7", "1")).extracting(PackageIndex.Entry::arch).isEqualTo("all");
  }
}
