package dev.fleetmend.server.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.document.calendar.CalendarText;
import dev.fleetmend.server.document.calendar.ChangeCalendar;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ssm.model.DocumentFormat;
import software.amazon.awssdk.services.ssm.model.DocumentType;

/**
 * Checks and reads contents of the types that the server keeps: Command, Automation and
 * ChangeCalendar.
 */
final class DocumentContents {
  private static final ContentSummary CALENDAR =
      new ContentSummary("1.0", null, List.of(), List.of());
  private final DocumentText texts = new DocumentText();
  private final int longest;

  /**
   * @param longest the most bytes of a text
   */
  DocumentContents(int longest) {
    this.longest = longest;
  }

  /**
   * What a text tells of itself.
   *
   * @throws ApiException MaxDocumentSizeExceeded, InvalidDocumentContent or
   *     InvalidDocumentSchemaVersion where it is none of that type
   */
  ContentSummary check(DocumentType type, DocumentFormat format, String text) {
    if (text.length() > longest || text.getBytes(UTF_8).length > longest) {
      throw new ApiException(
          "MaxDocumentSizeExceeded", "The size limit of a document is " + longest / 1024 + " KB.");
    }
    return switch (type) {
      case COMMAND ->
          ContentSummary.of(CommandContent.read("", "", "", content(type, format, text)));
      case AUTOMATION -> AutomationContent.read(content(type, format, text));
      case CHANGE_CALENDAR -> calendar(format, text);
      default ->
          throw Problems.content(
              "Documents of type "
                  + type
                  + " are not supported by this server; Command, Automation and ChangeCalendar"
                  + " are");
    };
  }

  private Map<String, Object> content(DocumentType type, DocumentFormat format, String text) {
    if (format == DocumentFormat.TEXT) {
      throw Problems.content("A document of type " + type + " must be JSON or YAML");
    }
    return texts.read(text, format);
  }

  private static ContentSummary calendar(DocumentFormat format, String text) {
    if (format != DocumentFormat.TEXT) {
      throw Problems.content("A document of type ChangeCalendar must have the format TEXT");
    }
    try {
      CalendarText.read(text);
    } catch (CalendarText.NoCalendarException e) {
      throw Problems.content("The content is no change calendar: " + e.getMessage());
    }
    return CALENDAR;
  }

  /** A version's content, once more, for its description. */
  ContentSummary of(DocumentVersion document) {
    return switch (document.type()) {
      case COMMAND -> ContentSummary.of(command(document));
      case CHANGE_CALENDAR -> CALENDAR;
      default -> AutomationContent.read(texts.read(document.content(), document.format()));
    };
  }

  /**
   * A version as a calendar.
   *
   * @throws ApiException InvalidDocumentType where it is not of type ChangeCalendar,
   *     UnsupportedCalendarException where an earlier release took what this one cannot read
   */
  static ChangeCalendar calendar(DocumentVersion document) {
    if (document.type() != DocumentType.CHANGE_CALENDAR) {
      throw new ApiException(
          "InvalidDocumentType",
          "Document type: '"
              + document.type()
              + "' is not supported. Only type: 'ChangeCalendar' is a calendar.");
    }
    try {
      return CalendarText.read(document.content());
    } catch (CalendarText.NoCalendarException e) {
      throw new ApiException(
          "UnsupportedCalendarException",
          "The calendar " + document.name() + " is not supported: " + e.getMessage());
    }
  }

  /**
   * A version as Run Command runs it.
   *
   * @throws ApiException InvalidDocument where it is not of type Command
   */
  CommandDocument command(DocumentVersion document) {
    if (document.type() != DocumentType.COMMAND) {
      throw new ApiException(
          "InvalidDocument",
          "Document type: '"
              + document.type()
              + "' is not supported. Only type: 'Command' is supported for Run Command.");
    }
    return CommandContent.read(
        document.name(),
        Integer.toString(document.version()),
        document.sha256(),
        texts.read(document.content(), document.format()));
  }

  /** A version's text in a format. */
  String text(DocumentVersion document, DocumentFormat format) {
    return texts.convert(document.content(), document.format(), format);
  }
}
