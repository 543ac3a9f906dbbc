/** Other programs run from here, always by argument list, never through a shell. */
package dev.fleetmend.node.program;
