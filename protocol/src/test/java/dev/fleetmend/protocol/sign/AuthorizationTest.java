package dev.fleetmend.protocol.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class AuthorizationTest {
  @Test
  void aNodesSignatureKeepsItsPadding() throws Exception {
    Authorization authorization =
        Authorization.parse(
            "AWS4-HMAC-SHA256 Credential=mi-0a1b2c3d4e5f60718/20270102/us-east-1/ssm/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=Zm9v/+==");
    assertThat(authorization.signature()).isEqualTo("Zm9v/+==");
    assertThat(authorization.byNodeKey()).isTrue();
    assertThat(authorization.signedHeaders())
        .containsExactly("content-type", "host", "x-amz-date", "x-amz-target");
  }

  @ParameterizedTest
  @NullAndEmptySource
  void noneIsMissing(String header) {
    assertThatThrownBy(() -> Authorization.parse(header))
        .isInstanceOfSatisfying(
            SignatureRefusedException.class,
            e -> assertThat(e.code()).isEqualTo("MissingAuthenticationTokenException"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Basic dXNlcjpw|Unsupported AWS 'algorithm'
          AWS4-HMAC-SHA256 x|requires 'Credential' parameter. Authorization header requires 'Signature'
          AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host|requires 'Signature' parameter.
          AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=1|exactly 5 slash-delimited
          AWS4-HMAC-SHA256 Credential=a/b/c/d/e, Credential=x, SignedHeaders=host, Signature=1|given twice
          """)
  void anIncompleteOneIsSaidToBe(String header, String message) {
    assertThatThrownBy(() -> Authorization.parse(header))
        .isInstanceOfSatisfying(
            SignatureRefusedException.class,
            e -> assertThat(e.code()).isEqualTo("IncompleteSignatureException"))
        .hasMessageContaining(message);
  }

  @Property
  void nothingElseIsEverThrown(@ForAll("headers") String header) {
    try {
      assertThat(Authorization.parse(header).scope()).isNotNull();
    } catch (SignatureRefusedException e) {
      assertThat(e.code()).endsWith("Exception");
    }
  }

  @Provide
  Arbitrary<String> headers() {
    Arbitrary<String> piece =
        Arbitraries.oneOf(
            Arbitraries.of(
                "AWS4-HMAC-SHA256 ",
                "Credential=",
                "SignedHeaders=",
                "Signature=",
                ",",
                "/",
                ";",
                "=",
                "aws4_request",
                "mi-",
                " ",
                "host"),
            Arbitraries.strings().ofMaxLength(5));
    return piece.list().ofMaxSize(20).map(pieces -> String.join("", pieces));
  }
}
