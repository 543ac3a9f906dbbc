/** One file with all that a server keeps, and a data folder made from it. */
package dev.fleetmend.server.backup;
