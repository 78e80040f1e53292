// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.plan;

import static io.kurier.cli.plan.Quantity.ofBytes;
import static io.kurier.cli.plan.Quantity.ofNumber;
import static io.kurier.cli.plan.Quantity.ofSeconds;

import java.util.ArrayList;
import java.util.List;

/** Writes the numbers of a plan with their formulas. */
final class PlanLines {
    private static final String A_SECOND = "/s";
    private static final double MILLIS = 1e3;

    private final CapacityPlan plan;
    private final Load load;
    private final Traffic traffic;
    private final ProducerSettings producer;
    private final List<PlanLine> lines = new ArrayList<>();

    PlanLines(CapacityPlan plan) {
        this.plan = plan;
        load = plan.load();
        traffic = plan.traffic();
        producer = plan.producer();
    }

    List<PlanLine> all() {
        addTraffic();
        addNetwork();
        addDisk();
        addProducer();
        return List.copyOf(lines);
    }

    private void addTraffic() {
        String publishers = load.publishers() == 1 ? "" : ", of " + ofNumber(load.publishers()) + " publishers";
        add(
                "records",
                ofNumber(plan.recordsPerSecond()) + A_SECOND,
                plan.recordsPerValue() == 1
                        ? "--rate" + publishers
                        : "--rate x " + ofNumber(plan.recordsPerValue()) + " records of a value" + publishers);
        add("record", ofBytes(plan.recordBytes()), "length + 3 + key + value + headers, each with its length");
        addCompression();
        add("a request is sent", load.publishers() == 1 ? "when" : "when, each publisher", trigger());
        add("records of a batch", ofNumber(traffic.recordsPerBatch()), recordsOfABatch());
        add(
                "batch",
                ofBytes(traffic.batchBytes()),
                plan.codec() == Codec.NONE
                        ? "61 + records"
                        : "61 + compressed records, measured on the sample in batches of this size");
        add(
                "requests",
                ofNumber(plan.requestsPerSecond()) + A_SECOND,
                "estimate: records / " + ofNumber(traffic.recordsPerBatch()) + " of a batch"
                        + (traffic.batchesPerRequest() == 1
                                ? ", each alone in its request"
                                : " / " + ofNumber(traffic.batchesPerRequest()) + " batches of a request"));
    }

    private void addCompression() {
        if (plan.codec() != Codec.NONE) {
            add(
                    "compression",
                    ofNumber(plan.compressionRatio()),
                    plan.codec() + ": compressed / uncompressed records, measured on the sample");
        } else if (producer.codec() == Codec.NONE) {
            add("compression", "1", "compression.type is none");
        } else {
            add("compression", "1", "estimate: none is assumed without --sample");
        }
    }

    private String trigger() {
        String text = traffic.trigger().toString();
        return switch (traffic.trigger()) {
            case LINGER -> text + " (" + ofSeconds(producer.lingerSeconds()) + ")";
            case SIZE -> text + " (" + ofBytes(producer.batchSize()) + ")";
            case IN_FLIGHT -> text + " (" + producer.maxInFlight() + " in " + ofSeconds(round()) + ")";
            case RECORD -> text;
        };
    }

    private String recordsOfABatch() {
        if (traffic.trigger() == Traffic.Trigger.RECORD) {
            return "1 record a batch";
        }
        return "estimate: " + ofNumber(traffic.recordsPerBatch() * traffic.batchesPerSecond() / traffic.streams())
                + "/s of a publisher"
                + (traffic.streams() == 1 ? "" : " to a broker") + " x "
                + ofNumber(traffic.periodSeconds() * MILLIS) + " ms"
                + (traffic.batchesPerRequest() * traffic.requestsPerPeriod() > 1
                        ? " / " + ofNumber(traffic.batchesPerRequest() * traffic.requestsPerPeriod())
                                + " partitions of a broker"
                        : "");
    }

    private void addNetwork() {
        add(
                "wire",
                ofBytes(plan.wireBytesPerSecond()) + A_SECOND,
                "batches + requests x "
                        + ofNumber(ProduceFormat.requestOverhead(
                                producer.clientIdLength(), traffic.batchesPerRequest(), traffic.batchBytes()))
                        + " B of Produce v13, without TCP and TLS");
        add(
                "responses",
                ofBytes(plan.responseBytesPerSecond()) + A_SECOND,
                "requests x " + ofNumber(ProduceFormat.response(traffic.batchesPerRequest())) + " B");
        add(
                "stored by a replica",
                ofBytes(plan.storedBytesPerSecond()) + A_SECOND,
                "records / records of a batch x batch");
        add(
                "between replicas",
                ofBytes(plan.replicationBytesPerSecond()) + A_SECOND,
                "estimate: stored x (" + load.replicas() + " replicas - 1), without Fetch requests");
        add(
                "into a broker",
                ofBytes(plan.brokerInBytesPerSecond()) + A_SECOND,
                "(wire + between replicas) / " + load.brokers() + " brokers");
        add(
                "out of a broker",
                ofBytes(plan.brokerOutBytesPerSecond()) + A_SECOND,
                "(responses + between replicas) / " + load.brokers() + " brokers, without consumers");
    }

    private void addDisk() {
        add(
                "partitions",
                ofNumber(plan.partitions()),
                load.partitions() == null
                        ? "estimate: stored / " + ofBytes(load.partitionBytes()) + "/s, rounded up to a multiple of "
                                + load.brokers() + " brokers"
                        : "--partitions");
        add("disk a day, a replica", ofBytes(plan.diskBytesPerDay()), "stored x 86,400 s");
        Long values = load.values();
        if (values == null) {
            add(
                    "disk, a replica",
                    ofBytes(plan.diskBytes()),
                    "at most: stored x (" + ofSeconds(load.retention().toMillis() / MILLIS) + " + 6 min) + "
                            + ofBytes(plan.segmentBytes()) + " of segments that are not deleted yet");
        } else {
            add("disk, a replica", ofBytes(plan.diskBytes()), ofNumber(values) + " values in such batches");
        }
        add("disk, all replicas", ofBytes(plan.clusterDiskBytes()), "disk of a replica x " + load.replicas());
        add(
                "disk of a broker",
                ofBytes(plan.clusterDiskBytes() / load.brokers()),
                "disk of all replicas / " + load.brokers() + " brokers, without indexes (20 MiB an open segment)");
    }

    private void addProducer() {
        add("connections", ofNumber(plan.connections()), "at most: publishers x brokers that lead partitions");
        add(
                "producer memory",
                ofBytes(plan.producerMemoryBytes()),
                "at most: buffer.memory"
                        + (plan.codec().memory() == 0
                                ? ""
                                : " + open batches (" + ofNumber(plan.openBatches()) + ") x "
                                        + ofBytes(plan.codec().memory()) + " of the codec (estimate)"));
        add(
                "buffer in use",
                ofBytes(plan.bufferUsedBytes()),
                "estimate: (open batches + those in flight for " + ofSeconds(round()) + ") x batch.size");
        add(
                "buffer lasts",
                ofSeconds(plan.bufferSeconds()),
                "estimate: buffer.memory / batch.size x records of a full batch / records, if no broker answers");
        add(
                "ceiling of a publisher",
                ofBytes(traffic.ceiling()) + A_SECOND,
                "estimate: " + producer.maxInFlight() + " requests in flight to a broker / " + ofSeconds(round())
                        + ", each with full batches");
    }

    private double round() {
        return load.roundTrip().toNanos() / (MILLIS * MILLIS * MILLIS);
    }

    private void add(String name, String value, String formula) {
        lines.add(new PlanLine(name, value, formula));
    }
}
