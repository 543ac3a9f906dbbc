package dev.fleetmend.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryProtocolTest {
  private final QueryProtocol protocol = new QueryProtocol();

  private Map<String, String> fields(String form) {
    return protocol.fields(form.getBytes(UTF_8));
  }

  private String xml(int status, String json) {
    Answer answer = new Answer(status, ByteBuffer.wrap(json.getBytes(UTF_8)));
    String target = protocol.target(fields("Action=GetCallerIdentity"));
    return UTF_8.decode(protocol.xml(answer, target, "r1").body()).toString();
  }

  @Test
  void aFormIsARequest() {
    Map<String, String> fields = fields("Action=GetCallerIdentity&Version=2011-06-15&a%20b=c%26d");

    assertThat(protocol.target(fields))
        .isEqualTo("AWSSecurityTokenServiceV20110615.GetCallerIdentity");
    assertThat(new String(protocol.request(fields), UTF_8)).isEqualTo("{\"a b\":\"c&d\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Action=%", "Action=%zz"})
  void whatIsNoFormIsRefused(String form) {
    assertThatThrownBy(() -> fields(form))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("MalformedQueryString"));
  }

  @Test
  void aFormOfVeryManyFieldsIsRefused() {
    assertThatThrownBy(() -> fields("a=1&".repeat(101)))
        .isInstanceOfSatisfying(
            ApiException.class, e -> assertThat(e.code()).isEqualTo("MalformedQueryString"));
  }

  @Test
  void anAnswerIsXml() {
    assertThat(xml(200, "{\"Arn\":\"<a&b>\"}"))
        .isEqualTo(
            "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<GetCallerIdentityResult><Arn>&lt;a&amp;b&gt;</Arn></GetCallerIdentityResult>"
                + "<ResponseMetadata><RequestId>r1</RequestId></ResponseMetadata>"
                + "</GetCallerIdentityResponse>");
  }

  @Test
  void anErrorHasTheTokenServicesCode() {
    assertThat(xml(400, "{\"__type\":\"ExpiredTokenException\",\"message\":\"old\"}"))
        .contains("<Type>Sender</Type><Code>ExpiredToken</Code><Message>old</Message>");
    assertThat(xml(500, "{\"__type\":\"InternalServerError\",\"message\":\"m\"}"))
        .contains("<Type>Receiver</Type><Code>InternalServerError</Code>");
  }
}
