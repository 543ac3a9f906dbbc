/** The agent replaces itself by the image that its server gives away. */
package dev.fleetmend.node.update;
