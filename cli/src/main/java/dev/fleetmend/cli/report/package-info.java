/** The fleet's compliance, as status and reports show it. */
package dev.fleetmend.cli.report;
