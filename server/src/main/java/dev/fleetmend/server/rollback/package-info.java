/** What rollbacks took out and what is therefore held back from nodes, until it is released. */
package dev.fleetmend.server.rollback;
