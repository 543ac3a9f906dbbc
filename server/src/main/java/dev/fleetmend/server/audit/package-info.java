/** Who changed what, and who was refused. */
package dev.fleetmend.server.audit;
