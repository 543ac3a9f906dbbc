/** Answers as tables, JSON and text. */
package dev.fleetmend.cli.print;
