/** What declarations would change on a server, and how it is carried out. */
package dev.fleetmend.cli.plan;
