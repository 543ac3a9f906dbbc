package dev.fleetmend.server.http;

import dev.fleetmend.api.ApiException;

/** Takes what is posted to one path. Whoever posts is known by the token that comes along. */
@FunctionalInterface
public interface PostRoute {
  /** The header that has the token. */
  String TOKEN_HEADER = "X-Fleetmend-Token";

  /**
   * Looks at the token, before anything of the body is read.
   *
   * @param token a stranger's text, empty where there is none
   * @throws ApiException AccessDeniedException where it opens nothing
   */
  Admitted admit(String token);

  /** One post that may be read. */
  interface Admitted {
    /** How long the body may be, in bytes. */
    int limit();

    /**
     * Takes the body.
     *
     * @return the answer: JSON or plain text
     * @throws ApiException where it cannot be taken; nothing is changed then
     */
    byte[] take(byte[] body);
  }
}
