// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import io.kurier.cli.tune.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model: what a load needs, each number by a formula of {@code docs/capacity.md}. All bytes a second and requests a
 * second are those of all publishers together.
 */
public final class CapacityPlan {
    /** The most partitions that are chosen: so many a cluster has at most. */
    private static final int MOST_PARTITIONS = 1_000_000;

    /** The default of {@code segment.ms}: after this time a segment is closed that is not full. */
    private static final Duration SEGMENT_TIME = Duration.ofDays(7);

    /** The defaults of {@code log.retention.check.interval.ms} and {@code file.delete.delay.ms}. */
    private static final Duration DELETION = Duration.ofMinutes(6);

    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final double SECONDS_OF_A_DAY = 86_400;

    private final Load load;
    private final EncodedSample sample;
    private final int partitions;
    private final BatchSizes sizes;
    private final Traffic traffic;

    private CapacityPlan(Load load, EncodedSample sample, int partitions) {
        this.load = load;
        this.sample = sample;
        this.partitions = partitions;
        sizes = sizes(codec());
        traffic = Traffic.of(
                recordsOfOnePublisher(),
                sizes,
                sample.producer(),
                partitions,
                load.brokers(),
                load.isKeyed(),
                load.isEven(),
                load.roundTrip().toNanos() / NANOS);
    }

    /**
     * Calculates a plan for records of a sample.
     *
     * @param keyBytes the size of each key, or null for records without keys
     * @param keys keys as in {@code kurier.properties}, such as {@code profile}
     * @throws io.kurier.StartException if a key is wrong
     * @throws PlanException if a record of the sample is refused, or too large for a request
     */
    public static CapacityPlan of(Load load, Sample sample, @Nullable Integer keyBytes, Map<String, String> keys) {
        return of(load, EncodedSample.of(sample, keyBytes, keys));
    }

    /**
     * Calculates a plan for values of one size, of which nothing else is known; parameters and exceptions as above.
     *
     * @param valueBytes the size of each value after its serializer
     */
    public static CapacityPlan of(Load load, int valueBytes, @Nullable Integer keyBytes, Map<String, String> keys) {
        return of(load, EncodedSample.ofSize(valueBytes, keyBytes, keys));
    }

    private static CapacityPlan of(Load load, EncodedSample sample) {
        Integer given = load.partitions();
        int partitions = given == null ? load.brokers() : given;
        CapacityPlan plan = checked(new CapacityPlan(load, sample, partitions));
        while (given == null) {
            int needed = plan.neededPartitions();
            if (needed <= partitions) {
                return plan;
            }
            partitions = needed; // smaller batches have more bytes, so it may need still more
            plan = new CapacityPlan(load, sample, partitions);
        }
        return plan;
    }

    private static CapacityPlan checked(CapacityPlan plan) {
        long largest = RecordFormat.BATCH_HEADER
                + plan.sample.contents().stream()
                        .mapToLong(content -> RecordFormat.size(content.length, 0, 0))
                        .max()
                        .orElseThrow();
        int most = plan.sample.producer().maxRequestSize();
        if (largest > most) {
            throw new PlanException(
                    "the largest record has " + largest + " bytes with its batch, and max.request.size allows " + most
                            + ", so the producer would refuse it; publish smaller records or media, or set"
                            + " producer.max.request.size and the topic's max.message.bytes",
                    null);
        }
        return plan;
    }

    /** Rounded up to a multiple of the brokers, so that each is the leader of equally many. */
    private int neededPartitions() {
        double needed = Math.ceil(storedBytesPerSecond() / load.partitionBytes());
        if (needed > MOST_PARTITIONS) {
            throw new PlanException(
                    "the rate needs more than " + MOST_PARTITIONS
                            + " partitions, which no cluster has; plan for several"
                            + " clusters, each with its share of the rate",
                    null);
        }
        return (int) Math.max(1, Math.ceil(needed / load.brokers())) * load.brokers();
    }

    private BatchSizes sizes(Codec codec) {
        double spread = load.isKeyed() ? partitions : 1;
        return new BatchSizes(
                sample.contents(), codec, sample.producer().level(), MILLIS * spread / recordsOfOnePublisher());
    }

    /** Returns what it was calculated for. */
    Load load() {
        return load;
    }

    /** Returns how batches and requests come about, for one publisher. */
    Traffic traffic() {
        return traffic;
    }

    /** Returns the settings of the producer. */
    ProducerSettings producer() {
        return sample.producer();
    }

    /** Returns the codec that is calculated with: none without a sample, whatever the profile says. */
    Codec codec() {
        return sample.isReal() ? sample.producer().codec() : Codec.NONE;
    }

    private double recordsOfOnePublisher() {
        return recordsPerSecond() / load.publishers();
    }

    /** Returns the records a second; a value of media can be several. */
    double recordsPerSecond() {
        return load.valuesPerSecond() * recordsPerValue();
    }

    double recordsPerValue() {
        return sample.contents().size() / (double) sample.values();
    }

    /** Returns the bytes of a record before compression, first in its batch, on average. */
    double recordBytes() {
        return sizes.recordBytes();
    }

    /** Returns the bytes of compressed records by those of uncompressed ones, in batches of the planned size. */
    double compressionRatio() {
        if (codec() == Codec.NONE) {
            return 1;
        }
        double plain = sizes(Codec.NONE).bytes(traffic.recordsPerBatch());
        return (traffic.batchBytes() - RecordFormat.BATCH_HEADER) / (plain - RecordFormat.BATCH_HEADER);
    }

    double requestsPerSecond() {
        return load.publishers() * traffic.requestsPerSecond();
    }

    double batchesPerSecond() {
        return recordsPerSecond() / traffic.recordsPerBatch();
    }

    /** Returns the bytes of requests a second that publishers send, the batches included. */
    double wireBytesPerSecond() {
        return storedBytesPerSecond()
                + requestsPerSecond()
                        * ProduceFormat.requestOverhead(
                                producer().clientIdLength(), traffic.batchesPerRequest(), traffic.batchBytes());
    }

    double responseBytesPerSecond() {
        return requestsPerSecond() * ProduceFormat.response(traffic.batchesPerRequest());
    }

    /** Returns the bytes of batches a second: what one replica stores. */
    double storedBytesPerSecond() {
        return batchesPerSecond() * traffic.batchBytes();
    }

    double replicationBytesPerSecond() {
        return storedBytesPerSecond() * (load.replicas() - 1);
    }

    /** Returns the bytes a second that a broker receives, of publishers and other brokers. */
    double brokerInBytesPerSecond() {
        return (wireBytesPerSecond() + replicationBytesPerSecond()) / load.brokers();
    }

    /** Returns the bytes a second that a broker sends to other brokers and to publishers, without consumers. */
    double brokerOutBytesPerSecond() {
        return (responseBytesPerSecond() + replicationBytesPerSecond()) / load.brokers();
    }

    /** Returns the bytes of one replica a day. */
    double diskBytesPerDay() {
        return storedBytesPerSecond() * SECONDS_OF_A_DAY;
    }

    /** Returns the bytes that one replica of all partitions takes: those of the values, or the most in the retention. */
    double diskBytes() {
        Long values = load.values();
        if (values == null) {
            return storedBytesPerSecond() * (load.retention().plus(DELETION).toMillis() / MILLIS) + segmentBytes();
        }
        double records = values * recordsPerValue();
        return records < traffic.recordsPerBatch()
                ? sizes.bytes(Math.max(1, records))
                : records / traffic.recordsPerBatch() * traffic.batchBytes();
    }

    /** Returns the bytes of expired records that are still there: a segment is deleted as a whole. */
    double segmentBytes() {
        return Math.min((double) partitions * load.segmentBytes(), storedBytesPerSecond() * SEGMENT_TIME.toSeconds());
    }

    double clusterDiskBytes() {
        return diskBytes() * load.replicas();
    }

    int partitions() {
        return partitions;
    }

    /** Returns the most memory of one publisher's producer, without the caller's own objects. */
    double producerMemoryBytes() {
        return producer().bufferMemory() + (double) openBatches() * codec().memory();
    }

    /** Returns how many batches of one publisher take records at the same time. */
    int openBatches() {
        return (int) Math.ceil(traffic.streams() * traffic.batchesPerRequest() * traffic.requestsPerPeriod());
    }

    /** Returns the buffer that one publisher uses while all is well: open batches, and those in flight. */
    double bufferUsedBytes() {
        double inFlight = traffic.batchesPerSecond() * load.roundTrip().toNanos() / NANOS;
        return (openBatches() + inFlight) * bufferOfBatch();
    }

    /** A batch takes {@code batch.size} also if fewer bytes are in it. */
    private double bufferOfBatch() {
        return Math.max(producer().batchSize(), recordBytes() + RecordFormat.BATCH_HEADER);
    }

    /** Returns how long the buffer takes records while no broker answers, in seconds. */
    double bufferSeconds() {
        return Math.floor(producer().bufferMemory() / bufferOfBatch())
                * traffic.fullBatchRecords()
                / recordsOfOnePublisher();
    }

    /** Returns the connections to all brokers, without those for metadata. */
    long connections() {
        return (long) load.publishers() * Math.min(load.brokers(), partitions);
    }

    /** Returns the numbers, each with its formula, for people. */
    public List<PlanLine> lines() {
        return new PlanLines(this).all();
    }

    /** Returns the numbers by their names in JSON, in an order for readers. */
    public Map<String, Object> numbers() {
        return PlanNumbers.of(this);
    }

    /** Returns what to know before these numbers are used, each a sentence. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!sample.isReal() && producer().codec() != Codec.NONE) {
            warnings.add("Without --sample nothing is known of compression, so none is assumed. The profile compresses"
                    + " with " + producer().codec() + ".");
        }
        if (sample.isReal() && codec() != Codec.NONE && sample.contents().size() < traffic.recordsPerBatch()) {
            warnings.add("The sample has fewer records than a batch, so they repeat within one, which compresses better"
                    + " than real records do. Give at least "
                    + (long) Math.ceil(traffic.recordsPerBatch()) + ".");
        }
        if (recordsOfOnePublisher() / traffic.recordsPerBatch() * traffic.batchBytes() > traffic.ceiling()) {
            warnings.add("One publisher cannot send its share of the rate with this round trip: at most the ceiling."
                    + " Use more publishers, larger batches or more partitions.");
        }
        if (openBatches() * bufferOfBatch() > producer().bufferMemory()) {
            warnings.add("Each partition with records has an open batch of batch.size, and buffer.memory has no room"
                    + " for all of them. Raise producer.buffer.memory, or lower producer.batch.size.");
        }
        return warnings;
    }
}
