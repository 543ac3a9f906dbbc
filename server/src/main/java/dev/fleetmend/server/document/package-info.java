/** Documents: what can be run on nodes, and which parameters it takes. */
package dev.fleetmend.server.document;
