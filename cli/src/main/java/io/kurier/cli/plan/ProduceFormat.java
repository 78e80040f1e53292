// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

/**
 * The bytes of a Produce request and its response around the batches, in version 13 of the request (KIP-516: topics by
 * id), which clients and brokers speak from Kafka 4.1 on; without transactional id, with one topic.
 */
final class ProduceFormat {
    private static final int SIZE = 4;
    private static final int API_KEY_AND_VERSION = 2 + 2;
    private static final int CORRELATION_ID = 4;
    private static final int CLIENT_ID_LENGTH = 2;
    private static final int NO_TAGS = 1;
    private static final int NO_TRANSACTIONAL_ID = 1;
    private static final int ACKS_AND_TIMEOUT = 2 + 4;
    private static final int COUNT_OF_TOPICS = 1;
    private static final int TOPIC_ID = 16;
    private static final int PARTITION = 4;
    private static final int ERROR_OFFSET_TIME_START = 2 + 8 + 8 + 8;
    private static final int NO_ERRORS_AND_NO_MESSAGE = 1 + 1;
    private static final int THROTTLE_TIME = 4;

    private ProduceFormat() {}

    /**
     * Returns the bytes of a request without its batches.
     *
     * @param clientId the length of the client's id
     * @param batches how many it has, one for a partition; an average, so it need not be whole
     * @param batchBytes the size of one
     */
    static double requestOverhead(int clientId, double batches, double batchBytes) {
        int header = SIZE + API_KEY_AND_VERSION + CORRELATION_ID + CLIENT_ID_LENGTH + clientId + NO_TAGS;
        int body = NO_TRANSACTIONAL_ID + ACKS_AND_TIMEOUT + COUNT_OF_TOPICS + NO_TAGS;
        int topic = TOPIC_ID + count(batches) + NO_TAGS;
        int partition = PARTITION + RecordFormat.unsigned(Math.round(batchBytes) + 1) + NO_TAGS;
        return header + body + topic + batches * partition;
    }

    /** Returns the bytes of the response to a request with so many batches. */
    static double response(double batches) {
        int header = SIZE + CORRELATION_ID + NO_TAGS;
        int body = COUNT_OF_TOPICS + THROTTLE_TIME + NO_TAGS;
        int topic = TOPIC_ID + count(batches) + NO_TAGS;
        int partition = PARTITION + ERROR_OFFSET_TIME_START + NO_ERRORS_AND_NO_MESSAGE + NO_TAGS;
        return header + body + topic + batches * partition;
    }

    private static int count(double entries) {
        return RecordFormat.unsigned(Math.round(entries) + 1);
    }
}
