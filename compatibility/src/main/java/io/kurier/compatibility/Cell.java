// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility;

/**
 * One pair of versions that is run.
 *
 * @param client the version of Kafka's clients
 * @param broker the version of the broker
 * @param supported whether a publisher must start; if not, its start must be refused with the reason
 */
record Cell(String client, String broker, boolean supported) {
    private static final String REFUSED = "refused";

    /** Reads {@code CLIENT:BROKER}, or {@code CLIENT:BROKER:refused}. */
    static Cell parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 2 || parts.length > 3 || (parts.length == 3 && !parts[2].equals(REFUSED))) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no cell: write CLIENT:BROKER, or CLIENT:BROKER:" + REFUSED);
        }
        return new Cell(parts[0], parts[1], parts.length == 2);
    }

    @Override
    public String toString() {
        return "clients " + client + ", broker " + broker;
    }
}
