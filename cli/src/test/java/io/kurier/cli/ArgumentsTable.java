// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which arguments are refused at once, by {@code NullPointerException} or {@code IllegalArgumentException} with the name of
 * the argument. What is not in the table has a meaning: a null message is a failed future, a negative time-out is zero.
 */
final class ArgumentsTable {
    private static final String TABLE = """
                    BulkReport.new(long, long, long, long, long, long, List, PublishException) = taken; stored; rejected; notStored; unknown; storedBytes; failures: null, with null; stoppedBy
                    BulkReport.Failure.new(long, PublishException) = index; cause: null
                    CloseReport.new(long, long, long, long, long) = accepted; stored; rejected; notStored; unknown
                    DeliveryHandle.new(String, Uuid, int, List, long, long, UUID, long) = topic: null; topicId; partition; recordIds: null, with null; timestamp; offset; producer; failure
                    Message.new(Topic, Object, Object, List, Integer, Long) = topic; key; value; headers: null, with null; partition; timestamp
                    Message.of(Topic, Object, Object) = topic; key; value
                    Message.withHeader(String, byte[]) = name: null; headerValue
                    Message.withHeader(String, String) = name: null; headerValue
                    Message.withPartition(int) = toPartition
                    Message.withTimestamp(long) = millis
                    PublishException.new(String, Stage, Outcome, boolean, String, Throwable) = topic: null; stage: null; outcome: null; retriable; reason: null; cause
                    PublishException.new(String, Stage, Outcome, boolean, String, Throwable, DeliveryHandle) = topic: null; stage: null; outcome: null; retriable; reason: null; cause; handle
                    PublishException.withDeadLetter(Receipt, PublishException) = receipt; failure
                    Publisher.publish(Message) = message
                    Publisher.tryPublish(Message) = message
                    Publisher.publish(Topic, Object, Object) = topic; key; value
                    Publisher.tryPublish(Topic, Object, Object) = topic; key; value
                    Publisher.publishAll(Topic, Iterator) = topic: null; messages: null
                    Publisher.publishAll(Topic, Iterable) = topic: null; messages: null
                    Publisher.transaction(TransactionCallback) = work
                    Publisher.transactionalSession(String) = id: null, empty, blank
                    Publisher.resolve(DeliveryHandle) = handle: null
                    Publisher.close(Duration) = timeout: null
                    Receipt.new(String, int, long, long, int, long) = topic: null; partition; offset; timestamp; records; valueBytes
                    RecordId.of(Headers) = headers: null
                    RecordId.bytes(UUID) = id: null
                    Resolution.Stored.new(Receipt) = receipt: null
                    Resolution.NotSettled.new(String) = reason: null
                    StartException.new(List, Throwable) = problem: null, empty, with null; cause
                    StartException.new(String, Throwable) = problem: null; cause
                    Topic.new(String, TypeRef, TypeRef) = alias: null, empty, blank; keyType: null; valueType: null
                    Topic.of(String, Class, Class) = alias: null, empty, blank; keyType: null; valueType: null
                    Topic.of(String, TypeRef, TypeRef) = alias: null, empty, blank; keyType: null; valueType: null
                    TopicPublisher.of(Publisher, Topic) = publisher: null; topic: null
                    TopicPublisher.publish(Message) = message
                    TopicPublisher.tryPublish(Message) = message
                    TopicPublisher.publishAll(Iterator) = messages: null
                    TopicPublisher.publishAll(Iterable) = messages: null
                    TopicPublisher.message(Object, Object) = key; value
                    TopicPublisher.publish(Object, Object) = key; value
                    TopicPublisher.tryPublish(Object, Object) = key; value
                    Transaction.publish(Message) = message
                    Transaction.publish(Topic, Object, Object) = topic; key; value
                    Transaction.sendOffsets(Map, ConsumerGroupMetadata) = offsets: null; group: null
                    TransactionException.new(String, Outcome, boolean, String, Throwable, DeliveryHandle) = transactionalId: null; outcome: null; retriable; reason: null; cause; handle
                    TransactionalSession.transaction(TransactionCallback) = work
                    TypeRef.of(Class) = type: null
                    EncodedRecord.new(String, byte[], byte[], Headers) = topic: null; key; value; headers: null
                    EncodedRecord.withKey(byte[]) = other
                    EncodedRecord.withValue(byte[]) = other
                    Kurier.start(Path, Topic[]) = properties: null; topics: null, with null
                    Kurier.start(Map, Topic[]) = config: null, with null, of null; topics: null, with null
                    Kurier.check(Path, Topic[]) = properties: null; topics: null, with null
                    KurierBuilder.properties(Path) = file: null
                    KurierBuilder.set(Map) = keys: null, with null, of null
                    KurierBuilder.set(String, String) = key: null; value: null
                    KurierBuilder.override(Path) = file: null
                    KurierBuilder.override(Map) = keys: null, with null, of null
                    KurierBuilder.override(String, String, String) = key: null; value: null; origin: null
                    KurierBuilder.topics(Topic[]) = topics: null, with null
                    KurierBuilder.serializer(SerializerPlugin) = plugin: null
                    KurierBuilder.framing(FramingPlugin) = plugin: null
                    KurierBuilder.partitioner(PartitionerPlugin) = plugin: null
                    KurierBuilder.guard(GuardPlugin) = plugin: null
                    KurierBuilder.listener(PublishListener) = listener: null
                    KurierBuilder.instrumentation(Instrumentation) = instrumentation: null
                    KurierBuilder.transport(TransportFactory) = factory: null
                    KurierModule.named(String, Module[]) = name: null, empty, blank; modules: null, with null
                    KurierBinder.of(Binder) = binder: null
                    KurierBinder.set(String, String) = key: null; value: null
                    KurierBinder.set(Map) = keys: null, with null, of null
                    KurierBinder.properties(Path) = file: null
                    KurierBinder.topic(Topic) = topic: null
                    KurierBinder.keys(Topic) = topic: null
                    KurierBinder.serializer(SerializerPlugin) = plugin: null
                    KurierBinder.serializer(Class) = plugin: null
                    KurierBinder.framing(FramingPlugin) = plugin: null
                    KurierBinder.framing(Class) = plugin: null
                    KurierBinder.partitioner(PartitionerPlugin) = plugin: null
                    KurierBinder.partitioner(Class) = plugin: null
                    KurierBinder.guard(GuardPlugin) = plugin: null
                    KurierBinder.guard(Class) = plugin: null
                    KurierBinder.listener(PublishListener) = listener: null
                    KurierBinder.listener(Class) = listener: null
                    KurierBinder.instrumentation(Instrumentation) = instrumentation: null
                    KurierBinder.instrumentation(Class) = instrumentation: null
                    KurierBinder.transport(TransportFactory) = factory: null
                    TopicBinder.name(String) = name: null
                    TopicBinder.partitions(int) = partitions
                    TopicBinder.partitionsIncrease(boolean) = increase
                    TopicBinder.replicationFactor(int) = replicas
                    TopicBinder.keySerializer(String) = plugin: null
                    TopicBinder.valueSerializer(String) = plugin: null
                    TopicBinder.partitioner(String) = plugin: null
                    TopicBinder.guards(String[]) = plugins: null, with null
                    TopicBinder.set(String, String) = key: null; value: null
                    FakeKafka.start(Map, Topic[]) = config: null, with null, of null; topics: null, with null
                    FakeKafka.connect(TransportConfig) = config: null
                    FakeKafka.partitions(String, int) = topic: null; count: negative, zero, least, huge
                    FakeKafka.fence(String) = transactionalId: null
                    FakeKafka.failCommits(int, RuntimeException) = commits: negative, zero, least; failure: null
                    FakeKafka.topic(String) = name: null
                    FakeKafka.topic(Topic) = topic: null
                    FakeKafka.records(String) = topic: null
                    FakeKafka.records(Topic) = topic: null
                    FakeKafka.records(String, Deserializer, Deserializer) = topic: null; keys: null; values: null
                    FakeKafka.records(Topic, Deserializer, Deserializer) = topic: null; keys: null; values: null
                    FakeTopic.store(int) = records: negative, zero, least
                    FakeTopic.delay(int, Duration) = records: negative, zero, least; delay: null, negative, least
                    FakeTopic.dropAcks(int) = records: negative, zero, least
                    FakeTopic.dropAcks(int, Duration) = records: negative, zero, least; timeout: null, negative, least
                    FakeTopic.refuse(int, KafkaException) = records: negative, zero, least; error: null
                    FakeTopic.bufferFull(int) = attempts: negative, zero, least
                    TestTopics.on(LocalBroker) = broker: null
                    TestTopics.unusedName(String) = name: null
                    TestTopics.create(String, int) = name: null; partitions: negative, zero, least, huge
                    TestTopics.create(String, int, Map) = name: null; partitions: negative, zero, least, huge; config: null, with null, of null
                    TestTopics.grow(String, int) = topic: null, empty, blank; partitions: negative, zero, least, huge
                    TestTopics.alter(String, Map) = topic: null, empty, blank; config: null, with null, of null
                    TestTopics.delete(String) = topic: null, empty, blank
                    TestTopics.readAll(String) = topic: null, empty, blank
                    TestTopics.readAll(String, Deserializer, Deserializer) = topic: null, empty, blank; keys: null; values: null
                    ConnectorHost.start(Publisher, List, HostListener) = publisher: null; properties: null, with null; listener: null
                    ConnectorHost.close(Duration) = timeout: null
                    ConnectorHost.builder(Publisher) = publisher: null
                    ConnectorHost.check(List) = properties: null, with null
                    ConnectorHost.check(List, String) = properties: null, with null; pluginPath: null
                    ConnectorHost.status(String) = connector: null, empty, blank
                    ConnectorHost.pause(String) = connector: null, empty, blank
                    ConnectorHost.resume(String) = connector: null, empty, blank
                    ConnectorHost.stop(String) = connector: null, empty, blank
                    ConnectorHost.restart(String) = connector: null, empty, blank
                    ConnectorHost.awaitDrained(String) = connector: null, empty, blank
                    HostTopics.declare(List) = connectors: null, with null
                    HostTopics.declare(List, String) = connectors: null, with null; pluginPath: null
                    ConnectorHostModule.of(Path[]) = files: null, with null
                    ConnectorHostModule.of(List) = properties: null, with null
                    ConnectorHostModule.withPluginPath(String) = folders: null
                    """;

    static final Map<String, Row> ROWS = rows();

    private ArgumentsTable() {}

    /**
     * A call.
     *
     * @param parameters in their order
     */
    record Row(List<Parameter> parameters) {}

    /**
     * A parameter.
     *
     * @param name its name
     * @param refused words for the arguments that are refused
     */
    record Parameter(String name, List<String> refused) {}

    private static Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (String line : TABLE.strip().split("\n", -1)) {
            String[] sides = line.split(" = ", -1);
            rows.put(
                    sides[0],
                    new Row(Arrays.stream(sides[1].split("; ", -1))
                            .map(ArgumentsTable::parameter)
                            .toList()));
        }
        return rows;
    }

    private static Parameter parameter(String text) {
        String[] sides = text.split(": ", -1);
        return new Parameter(sides[0], sides.length == 1 ? List.of() : List.of(sides[1].split(", ", -1)));
    }
}
