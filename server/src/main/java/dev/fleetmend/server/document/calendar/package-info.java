/** Change calendars: what a document of type ChangeCalendar says of a moment. */
package dev.fleetmend.server.document.calendar;
