// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host;

/** Another process publishes the records of a task now, and this one can no longer do so. */
final class FencedException extends Exception {
    private static final long serialVersionUID = 1L;

    FencedException(String transactionalId, Throwable cause) {
        super(
                "another host has taken this task over: it has opened the transactional id " + transactionalId
                        + ", and this host is fenced. Run a connector in one host only: stop one of the two, or give"
                        + " them different names and input.",
                cause);
    }
}
