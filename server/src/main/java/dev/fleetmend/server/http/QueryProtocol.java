package dev.fleetmend.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fleetmend.api.ApiException;
import dev.fleetmend.api.AwsJson;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * AWS's query protocol, which its token service (STS) speaks: a form in, XML out. It is put on top
 * of the JSON that everything else here speaks, for flat requests and answers.
 */
final class QueryProtocol {
  static final String FORM = "application/x-www-form-urlencoded";
  static final String XML = "text/xml";

  private static final String SERVICE = "AWSSecurityTokenServiceV20110615.";
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
  private static final int MAX_FIELDS = 100;
  private static final int SERVER_ERRORS = 500;

  /** Where the token service says the same in other words. */
  private static final Map<String, String> CODES =
      Map.of(
          "AccessDeniedException", "AccessDenied",
          "ExpiredTokenException", "ExpiredToken",
          "IncompleteSignatureException", "IncompleteSignature",
          "InvalidSignatureException", "SignatureDoesNotMatch",
          "MissingAuthenticationTokenException", "MissingAuthenticationToken",
          "UnknownOperationException", "InvalidAction",
          "UnrecognizedClientException", "InvalidClientTokenId");

  private final AwsJson json = new AwsJson();

  /**
   * A form's fields; of those that come twice the last.
   *
   * @throws ApiException MalformedQueryString where it is none
   */
  Map<String, String> fields(byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    String[] pairs = new String(body, UTF_8).split("&", MAX_FIELDS + 1);
    if (pairs.length > MAX_FIELDS) {
      throw malformed();
    }
    for (String pair : pairs) {
      String[] parts = pair.split("=", 2);
      try {
        fields.put(
            URLDecoder.decode(parts[0], UTF_8),
            parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
      } catch (IllegalArgumentException e) {
        throw malformed();
      }
    }
    return fields;
  }

  private static ApiException malformed() {
    return new ApiException("MalformedQueryString", "The request body is not a form.");
  }

  /** The operation that a form asks for, as {@code X-Amz-Target} would name it. */
  String target(Map<String, String> fields) {
    return SERVICE + fields.getOrDefault("Action", "");
  }

  /** What a form says besides, as a JSON object of texts. */
  byte[] request(Map<String, String> fields) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    fields.forEach(object::put);
    return object.remove(List.of("Action", "Version")).toString().getBytes(UTF_8);
  }

  /** An answer in JSON, as XML. */
  Answer xml(Answer answer, String target, String requestId) {
    byte[] body = new byte[answer.body().remaining()];
    answer.body().duplicate().get(body);
    ObjectNode object = json.parse(body);
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
      if (answer.isError()) {
        error(xml, answer.status(), object, requestId);
      } else {
        result(xml, target.substring(SERVICE.length()), object, requestId);
      }
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("no XML for the answer to " + target, e);
    }
    return new Answer(answer.status(), ByteBuffer.wrap(text.toString().getBytes(UTF_8)));
  }

  private static void result(
      XMLStreamWriter xml, String action, ObjectNode object, String requestId)
      throws XMLStreamException {
    xml.writeStartElement(action + "Response");
    xml.writeDefaultNamespace(NAMESPACE);
    xml.writeStartElement(action + "Result");
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      element(xml, member.getKey(), member.getValue().asText());
    }
    xml.writeEndElement();
    xml.writeStartElement("ResponseMetadata");
    element(xml, "RequestId", requestId);
    xml.writeEndElement();
    xml.writeEndElement();
  }

  private static void error(XMLStreamWriter xml, int status, ObjectNode object, String requestId)
      throws XMLStreamException {
    xml.writeStartElement("ErrorResponse");
    xml.writeDefaultNamespace(NAMESPACE);
    xml.writeStartElement("Error");
    element(xml, "Type", status < SERVER_ERRORS ? "Sender" : "Receiver");
    String code = object.path("__type").asText();
    element(xml, "Code", CODES.getOrDefault(code, code));
    element(xml, "Message", object.path("message").asText());
    xml.writeEndElement();
    element(xml, "RequestId", requestId);
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }
}
