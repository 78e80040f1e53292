// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

/**
 * How the records of one publisher share batches, and batches share requests.
 *
 * @param trigger why a request is sent when it is
 * @param periodSeconds the time from one request of a stream to its next
 * @param streams the number of brokers to which requests are sent independently
 * @param recordsPerBatch an average
 * @param batchesPerRequest an average
 * @param requestsPerPeriod more than 1 if {@code max.request.size} divides what would be one request
 * @param batchBytes the average size of a batch as it is sent and stored
 * @param fullBatchRecords how many records a full batch has
 * @param ceiling the most bytes of batches a second that one publisher can send, by the round trip
 */
record Traffic(
        Trigger trigger,
        double periodSeconds,
        int streams,
        double recordsPerBatch,
        double batchesPerRequest,
        double requestsPerPeriod,
        double batchBytes,
        int fullBatchRecords,
        double ceiling) {

    /** What makes the producer send a request. */
    enum Trigger {
        /** A record is sent as soon as it is there. */
        RECORD("each record is sent at once: linger.ms is 0, or a record fills a batch"),
        /** The oldest batch has waited for {@code linger.ms}. */
        LINGER("linger.ms after the first record of a batch"),
        /** A batch is full. */
        SIZE("a batch of batch.size is full before linger.ms"),
        /** A response has arrived, and before it as many requests were in flight as may be. */
        IN_FLIGHT("a response arrives: max.in.flight requests were on their way");

        private final String text;

        Trigger(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The factor by which Kafka's producer multiplies its estimate of the compressed size. */
    private static final double ESTIMATION_FACTOR = 1.05;

    private static final int APPROXIMATIONS = 5;

    /** How late the producer's thread is after a wait, in seconds; an estimate, measured from 0.15 to 0.9 ms. */
    static final double WAKE_UP = 0.0003;

    /**
     * Calculates it.
     *
     * @param recordsPerSecond of one publisher
     * @param partitions the number of partitions
     * @param brokers the number of brokers that have them
     * @param isKeyed whether records have keys, which spread them over all partitions; without keys the producer stays
     *     with one until a batch is full (KIP-794)
     * @param isEven whether records arrive at even times rather than at random ones; keys make those of a broker random
     * @param roundTripSeconds from a request to its response
     */
    static Traffic of(
            double recordsPerSecond,
            BatchSizes sizes,
            ProducerSettings producer,
            int partitions,
            int brokers,
            boolean isKeyed,
            boolean isEven,
            double roundTripSeconds) {
        int full = fullBatch(sizes, producer);
        int leaders = Math.min(brokers, partitions);
        int streams = isKeyed ? leaders : 1;
        double lanes = isKeyed ? (double) partitions / streams : 1;
        double rate = recordsPerSecond / streams;
        double byLinger = collecting(rate, producer.lingerSeconds(), isEven && streams == 1) / rate;
        double bySize = FirstFullBatch.records(full, lanes) / rate;
        double period = Math.min(byLinger, bySize);
        Trigger trigger = bySize < byLinger ? Trigger.SIZE : Trigger.LINGER;
        if (full == 1 || producer.lingerSeconds() == 0) {
            trigger = Trigger.RECORD;
        }
        // Full batches without keys go to another broker each; anything else waits for the window of one connection.
        double window = producer.maxInFlight() * (trigger == Trigger.SIZE && !isKeyed ? leaders : 1);
        double byWindow = Math.min(roundTripSeconds / window, full * lanes / rate);
        if (byWindow > period) {
            period = byWindow;
            trigger = Trigger.IN_FLIGHT;
        }
        double records = Math.max(1, rate * period);
        double batches = lanes <= 1 ? 1 : lanes * (1 - Math.pow(1 - 1 / lanes, records));
        double batchRecords = Math.max(1, Math.min(full, records / batches));
        double batchBytes = sizes.bytes(batchRecords);
        double together = Math.max(1, Math.min(batches, Math.floor(producer.maxRequestSize() / batchBytes)));
        double fullBytes = sizes.bytes(full);
        double mostTogether = Math.max(1, Math.min(lanes, Math.floor(producer.maxRequestSize() / fullBytes)));
        return new Traffic(
                trigger,
                period,
                streams,
                batchRecords,
                together,
                batches / together,
                batchBytes,
                full,
                leaders * producer.maxInFlight() * mostTogether * fullBytes / roundTripSeconds);
    }

    /** Returns the requests that one publisher sends in a second. */
    double requestsPerSecond() {
        return streams / periodSeconds * requestsPerPeriod;
    }

    /** Returns the batches that one publisher sends in a second. */
    double batchesPerSecond() {
        return requestsPerSecond() * batchesPerRequest;
    }

    /** Returns how many records arrive from the first of a batch to the last that is in time for its request. */
    private static double collecting(double rate, double lingerSeconds, boolean isEven) {
        double later = lingerSeconds == 0 ? 0 : rate * (lingerSeconds + WAKE_UP);
        return 1 + (isEven ? Math.floor(later) : later);
    }

    /**
     * Returns how many records fill a batch. Compressed ones are counted by the ratio that the producer has observed in
     * earlier batches; one more record has to fit as if it were not compressed.
     */
    private static int fullBatch(BatchSizes sizes, ProducerSettings producer) {
        double room = producer.batchSize() - RecordFormat.BATCH_HEADER;
        double record = sizes.recordBytes();
        if (producer.codec() == Codec.NONE) {
            return (int) Math.max(1, room / record);
        }
        int records = (int) Math.max(1, room / record);
        for (int i = 0; i < APPROXIMATIONS; i++) {
            double ratio = (sizes.bytes(records) - RecordFormat.BATCH_HEADER) / (records * record);
            records = (int) Math.max(1, 1 + (room - record) / (ESTIMATION_FACTOR * ratio * record));
        }
        return records;
    }
}
