/**
 * Who is compliant with what: items that nodes and people upload by type, the type Patch that the
 * server writes from the patch states, and the summaries of both.
 */
package dev.fleetmend.server.compliance;
