package dev.fleetmend.server.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.patching.fact.InstalledPackage;
import dev.fleetmend.patching.fact.OfferedVersion;
import dev.fleetmend.patching.fact.UpdateDetails;
import dev.fleetmend.protocol.json.MalformedJsonException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsScanReaderTest {
  private static final Instant NOW = Instant.parse("2026-11-02T00:00:00Z");
  private final WindowsScanReader reader = new WindowsScanReader();

  @Test
  void rawFieldsBecomeSsmsWords() throws Exception {
    WorkerScan scan = reader.read(Fixtures.bytes("windows-server-2019.json"), NOW);

    assertThat(scan.facts().platform().product()).isEqualTo("WindowsServer2019");
    assertThat(scan.facts().platform().operatingSystem()).isEqualTo("WINDOWS");
    assertThat(scan.facts().offered())
        .extracting(
            OfferedVersion::name,
            OfferedVersion::classification,
            OfferedVersion::severity,
            offer -> details(offer).product(),
            offer -> details(offer).patchSet())
        .contains(
            tuple("KB5061010", "SecurityUpdates", "Critical", "WindowsServer2019", "OS"),
            tuple("KB890830", "UpdateRollups", "", "WindowsServer2019", "OS"),
            tuple("KB5002500", "SecurityUpdates", "Important", "Office 2016", "APPLICATION"),
            tuple("0000000a-0000-4000-8000-00000000000a", "Drivers", "", "", "OS"));
    assertThat(scan.facts().offered().getFirst().cves()).contains("CVE-2026-10002");
    assertThat(details(scan.facts().offered().getFirst()).rebootBehavior())
        .isEqualTo("CanRequestReboot");
  }

  @Test
  void whatTheCatalogueForgotIsInstalledByWindowsOwnList() throws Exception {
    WorkerScan scan = reader.read(Fixtures.bytes("windows-server-2019.json"), NOW);

    assertThat(scan.facts().installed())
        .extracting(InstalledPackage::name, InstalledPackage::version)
        .containsExactlyInAnyOrder(
            tuple("KB5012170", "00000004-0000-4000-8000-000000000004"),
            tuple("KB5061539", "00000005-0000-4000-8000-000000000005"),
            tuple("KB4512578", WindowsScanReader.FORGOTTEN));
  }

  @Test
  void whatItsOwnerHidIsNotOffered() throws Exception {
    WorkerScan scan = reader.read(Fixtures.bytes("windows-server-2019.json"), NOW);

    assertThat(scan.facts().offered())
        .filteredOn(offer -> offer.name().equals("KB5061650"))
        .singleElement()
        .extracting(OfferedVersion::candidate)
        .isEqualTo(false);
  }

  @Test
  void aSearchThatFailedIsNotTakenForAHostWithoutUpdates() throws Exception {
    String failed =
        Fixtures.text("windows-server-2019.json")
            .replace(
                "\"resultCode\": 2,\n  \"hResult\": 0",
                "\"resultCode\": 4, \"hResult\": -2145107924");

    assertThatThrownBy(() -> reader.read(failed.getBytes(UTF_8), NOW))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("0x8024402C");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"contract\":\"1\"}",
        "{\"contract\":1}",
        "{\"contract\":1,\"os\":[],\"updates\":[]}",
        "{\"contract\":1,\"contract\":1}",
        "{\"contract\":1,\"os\":{},\"search\":{\"resultCode\":2},\"updates\":[{\"kbArticleIds\":\"5\"}]}"
      })
  void whatHasAnotherShapeIsRefused(String body) {
    assertThatThrownBy(() -> reader.read(body.getBytes(UTF_8), NOW))
        .isInstanceOfAny(MalformedJsonException.class, ApiException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft Windows Server 2019 Datacenter,WindowsServer2019",
    "Microsoft Windows Server 2012 R2 Standard,WindowsServer2012R2",
    "Microsoft Windows 11 Pro,Windows11",
    "Microsoft Windows 8.1 Enterprise,Windows8.1"
  })
  void aCaptionNamesTheProduct(String caption, String product) {
    assertThat(WindowsNames.productOfCaption(caption)).isEqualTo(product);
  }

  @Test
  void theScriptPostsExactlyTheFieldsOfTheContract() throws Exception {
    String script = Fixtures.script("patch-windows.ps1");

    for (String field : fields(WindowsScan.class)) {
      assertThat(script).as(field).containsPattern("\\b" + field + " = ");
    }
  }

  private static List<String> fields(Class<?> type) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      fields.add(component.getName());
      Type generic = component.getGenericType();
      Type inner =
          generic instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : generic;
      if (inner instanceof Class<?> nested && nested.isRecord()) {
        fields.addAll(fields(nested));
      }
    }
    return fields;
  }

  private static UpdateDetails details(OfferedVersion offer) {
    return Objects.requireNonNull(offer.update());
  }
}
