package dev.fleetmend.server.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleetmend.api.ApiException;
import dev.fleetmend.server.Databases;
import dev.fleetmend.server.TestServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ssm.model.CreateDocumentRequest;
import software.amazon.awssdk.services.ssm.model.CreateDocumentResponse;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentRequest;
import software.amazon.awssdk.services.ssm.model.DescribeDocumentResponse;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateRequest;
import software.amazon.awssdk.services.ssm.model.GetCalendarStateResponse;

class CalendarTest {
  private static final String NEW_YEAR =
      """
      BEGIN:VEVENT
      UID:new-year
      DTSTART:20261224T180000Z
      DTEND:20270102T060000Z
      SUMMARY:Nothing changes over the holidays
      END:VEVENT
      """;

  /** Saturdays and Sundays in Berlin. */
  private static final String WEEKENDS =
      """
      BEGIN:VEVENT
      UID:weekends
      DTSTART;TZID=Europe/Berlin:20260103T000000
      DURATION:PT24H
      RRULE:FREQ=WEEKLY;BYDAY=SA,SU
      EXDATE;TZID=Europe/Berlin:20261114T000000
      END:VEVENT
      """;

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(Databases.SQLITE, folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void create(String name, String type, String events) {
    createText(
        name,
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test\n%s\n%sEND:VCALENDAR\n"
            .formatted(type, events));
  }

  private void createText(String name, String text) {
    server.call(
        CreateDocumentRequest.builder()
            .name(name)
            .documentType("ChangeCalendar")
            .documentFormat("TEXT")
            .content(text)
            .build(),
        CreateDocumentResponse.class);
  }

  private String state(@Nullable String at, String... names) {
    GetCalendarStateResponse answer =
        server.call(
            GetCalendarStateRequest.builder().calendarNames(names).atTime(at).build(),
            GetCalendarStateResponse.class);
    return answer.stateAsString() + " until " + answer.nextTransitionTime();
  }

  @Test
  void anOpenCalendarIsClosedDuringItsEvents() {
    create("Freeze", "X-CALENDAR-TYPE:DEFAULT_OPEN", NEW_YEAR);

    assertThat(state(null, "Freeze")).isEqualTo("OPEN until 2026-12-24T18:00:00Z");
    assertThat(state("2026-12-24T18:00:00Z", "Freeze"))
        .isEqualTo("CLOSED until 2027-01-02T06:00:00Z");
    assertThat(state("2027-01-02T07:00:00+01:00", "Freeze")).isEqualTo("OPEN until null");
    assertThat(
            server
                .call(
                    GetCalendarStateRequest.builder().calendarNames("Freeze").build(),
                    GetCalendarStateResponse.class)
                .atTime())
        .isEqualTo("2026-11-02T10:00:00Z");
  }

  @Test
  void aClosedCalendarIsOpenDuringItsEventsInTheirOwnZone() {
    create("Weekends", "X-CALENDAR-TYPE:DEFAULT_CLOSED", WEEKENDS);

    assertThat(state("2026-11-02T10:00:00Z", "Weekends"))
        .isEqualTo("CLOSED until 2026-11-06T23:00:00Z");
    assertThat(state("2026-11-07T12:00:00Z", "Weekends"))
        .as("Saturday and Sunday meet, which changes nothing")
        .isEqualTo("OPEN until 2026-11-08T23:00:00Z");
    assertThat(state("2026-11-14T12:00:00Z", "Weekends"))
        .as("the one Saturday left out")
        .isEqualTo("CLOSED until 2026-11-14T23:00:00Z");
    assertThat(state("2026-07-01T12:00:00Z", "Weekends"))
        .as("in summer time")
        .isEqualTo("CLOSED until 2026-07-03T22:00:00Z");
  }

  @Test
  void severalAreOpenOnlyTogether() {
    create("Freeze", "X-CALENDAR-TYPE:DEFAULT_OPEN", NEW_YEAR);
    create("Weekends", "X-CALENDAR-TYPE:DEFAULT_CLOSED", WEEKENDS);
    String arn = "arn:aws:ssm:us-east-1:000000000000:document/Weekends";

    assertThat(state("2026-12-26T12:00:00Z", "Freeze", arn))
        .isEqualTo("CLOSED until 2027-01-02T06:00:00Z");
    assertThat(state("2027-01-02T06:00:00Z", "Freeze", arn))
        .isEqualTo("OPEN until 2027-01-03T23:00:00Z");
  }

  @Test
  void anEventMovedOrCancelledCountsWhereItWent() {
    create(
        "Moved",
        "X-CALENDAR-TYPE:DEFAULT_OPEN",
        """
        BEGIN:VEVENT
        UID:nightly
        DTSTART:20261101T010000Z
        DTEND:20261101T020000Z
        RRULE:FREQ=DAILY;COUNT=3
        END:VEVENT
        BEGIN:VEVENT
        UID:nightly
        RECURRENCE-ID:20261102T010000Z
        DTSTART:20261102T050000Z
        DTEND:20261102T060000Z
        END:VEVENT
        BEGIN:VEVENT
        UID:off
        DTSTART;VALUE=DATE:20261102
        STATUS:CANCELLED
        END:VEVENT
        """);

    assertThat(state("2026-11-01T03:00:00Z", "Moved")).isEqualTo("OPEN until 2026-11-02T05:00:00Z");
    assertThat(state("2026-11-02T05:30:00Z", "Moved"))
        .isEqualTo("CLOSED until 2026-11-02T06:00:00Z");
    assertThat(state("2026-11-03T02:00:00Z", "Moved")).isEqualTo("OPEN until null");
  }

  @Test
  void theDocumentIsPlainText() {
    create("Freeze", "X-CALENDAR-TYPE:DEFAULT_OPEN", NEW_YEAR);

    var described =
        server
            .call(
                DescribeDocumentRequest.builder().name("Freeze").build(),
                DescribeDocumentResponse.class)
            .document();

    assertThat(described.documentTypeAsString()).isEqualTo("ChangeCalendar");
    assertThat(described.documentFormatAsString()).isEqualTo("TEXT");
    assertThat(described.platformTypes()).isEmpty();
  }

  @Test
  void whatIsNoCalendarIsRefused() {
    server.call(
        CreateDocumentRequest.builder()
            .name("Plain")
            .content(
                """
                {"schemaVersion": "2.2", "mainSteps": [{"action": "aws:runShellScript",
                  "name": "x", "inputs": {"runCommand": ["true"]}}]}""")
            .build(),
        CreateDocumentResponse.class);
    refused("InvalidDocument", () -> state(null, "Nowhere"));
    refused("InvalidDocumentType", () -> state(null, "Plain"));
    refused("ValidationException", () -> state("tomorrow", "Plain"));
    refused("InvalidDocumentContent", () -> createText("No", "hello"));
    refused("InvalidDocumentContent", () -> create("No", "", NEW_YEAR));
    refused(
        "InvalidDocumentContent",
        () ->
            create(
                "No",
                "X-CALENDAR-TYPE:DEFAULT_OPEN",
                NEW_YEAR.replace("20261224T180000Z", "Christmas")));
    refused(
        "InvalidDocumentContent",
        () ->
            create(
                "No",
                "X-CALENDAR-TYPE:DEFAULT_OPEN",
                NEW_YEAR.replace("SUMMARY:Nothing", "RRULE:FREQ=SECONDLY\nSUMMARY:Nothing")));
    refused(
        "InvalidDocumentContent",
        () ->
            server.call(
                CreateDocumentRequest.builder()
                    .name("No")
                    .documentType("ChangeCalendar")
                    .content("{}")
                    .build(),
                CreateDocumentResponse.class));
  }

  @Test
  void aRuleThatNeverComesTrueIsAnsweredSoon() {
    create(
        "Never",
        "X-CALENDAR-TYPE:DEFAULT_OPEN",
        NEW_YEAR.replace(
            "SUMMARY:Nothing", "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30\nSUMMARY:Nothing"));

    assertThat(state("2028-01-01T00:00:00Z", "Never")).isEqualTo("OPEN until null");
  }

  private static void refused(String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
