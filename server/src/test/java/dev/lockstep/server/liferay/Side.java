package dev.lockstep.server.liferay;

import java.net.URI;

/** A Lockstep that can be called, wherever it runs. */
interface Side {
  URI address();

  Instance.Answer send(String method, String path, String json) throws Exception;
}
