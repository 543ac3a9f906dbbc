package dev.fleetmend.node.rpm;

import java.util.List;

/**
 * An update notice of a repository's updateinfo metadata.
 *
 * @param classification its type in SSM's spelling, such as {@code Security}
 * @param severity in SSM's spelling, or empty
 * @param bugs {@code BZ#} with the number of every bug that it closes
 * @param updatedAt when it was last updated, else issued, epoch seconds; 0 if it does not say, -1
 *     if what it says is no date
 */
record Notice(
    String id,
    String classification,
    String severity,
    List<String> cves,
    List<String> bugs,
    long updatedAt,
    boolean asksForReboot) {}
