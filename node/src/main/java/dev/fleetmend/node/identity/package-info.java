/** Who this node is: its key, its registration, its temporary credentials. */
package dev.fleetmend.node.identity;
