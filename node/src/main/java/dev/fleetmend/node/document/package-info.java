/**
 * SSM's command documents on a node: read, their placeholders filled in, their steps run one after
 * the other, each result kept on disk before anything else happens, so that a run goes on after a
 * reboot or a restart of the agent.
 */
package dev.fleetmend.node.document;
