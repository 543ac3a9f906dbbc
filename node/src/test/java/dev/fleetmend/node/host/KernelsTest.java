package dev.fleetmend.node.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final String MENU =
      """
      menuentry 'Debian GNU/Linux' --class debian $menuentry_id_option 'gnulinux-simple-1f2e' {
      \tlinux /boot/vmlinuz-6.1.0-18-amd64 root=UUID=1f2e ro quiet
      }
      submenu 'Advanced options for Debian GNU/Linux' $menuentry_id_option 'gnulinux-advanced-1f2e' {
      \tmenuentry 'Debian GNU/Linux, with Linux 6.1.0-18-amd64' --class debian $menuentry_id_option 'gnulinux-6.1.0-18-amd64-advanced-1f2e' {
      \t\tlinux /boot/vmlinuz-6.1.0-18-amd64 root=UUID=1f2e ro quiet
      \t}
      \tmenuentry 'Debian GNU/Linux, with Linux 6.1.0-17-amd64' --class debian $menuentry_id_option 'gnulinux-6.1.0-17-amd64-advanced-1f2e' {
      \t\tlinux /boot/vmlinuz-6.1.0-17-amd64 root=UUID=1f2e ro quiet
      \t}
      \tmenuentry 'Debian GNU/Linux, with Linux 6.1.0-17-amd64 (recovery mode)' --class debian $menuentry_id_option 'gnulinux-6.1.0-17-amd64-recovery-1f2e' {
      \t}
      }
      """;

  @Test
  void namesTheEntryOfAKernelBehindItsSubmenu() {
    GrubMenu menu = new GrubMenu(MENU);

    assertThat(menu.entryOf("6.1.0-17-amd64"))
        .contains("gnulinux-advanced-1f2e>gnulinux-6.1.0-17-amd64-advanced-1f2e");
    assertThat(menu.entryOf("6.1.0-1")).isEmpty();
  }

  @Test
  void findsImagesAndOrdersThemByNumber() {
    assertThat(
            Kernels.in(
                List.of(
                    Path.of("/boot/vmlinuz-6.1.0-9-amd64"),
                    Path.of("/boot/config-6.1.0-9-amd64"),
                    Path.of("/usr/share/vmlinuz-x"))))
        .containsExactly("6.1.0-9-amd64");
    assertThat(
            Stream.of("6.1.0-9-amd64", "6.1.0-18-amd64", "5.10.0-30-amd64").max(Kernels::compare))
        .contains("6.1.0-18-amd64");
  }
}
