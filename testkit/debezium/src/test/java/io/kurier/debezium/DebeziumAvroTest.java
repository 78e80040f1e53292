// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import io.kurier.Publisher;
import io.kurier.Receipt;
import io.kurier.broker.LocalBroker;
import io.kurier.plugins.connect.internal.avro.AvroMapping;
import io.kurier.plugins.host.ConnectorHost;
import io.kurier.plugins.host.HostListener;
import io.kurier.plugins.host.OffsetStorage;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.testkit.TestTopics;
import io.kurier.testkit.WithKafka;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows of a table with many types become Avro, and are read back as the table has them. */
@WithKafka
@WithPostgres
@Timeout(240)
class DebeziumAvroTest {
    private static final String CREATE = """
            create table things (
                id int primary key,
                name text,
                price numeric(10, 2),
                day date,
                at timestamp(3),
                uid uuid,
                data bytea,
                tags text[],
                numbers int[],
                flag boolean not null,
                small smallint,
                big bigint,
                ratio double precision)
            """;

    private static final String[] ROWS = {
        """
        insert into things values (1, 'ёж', 1234.50, '2026-11-28', '2026-11-28 01:02:03.456',
            '123e4567-e89b-12d3-a456-426614174000', '\\x00ff7f', '{"a",null,"ü"}', '{1,-2}', true, -3, 9223372036854775807, 0.1)
        """, "insert into things (id, flag) values (2, false)", """
        insert into things values (3, '', -0.01, '1969-12-31', '1969-12-31 23:59:59.999',
            '00000000-0000-0000-0000-000000000000', '', '{}', '{}', true, 32767, -1, '-infinity')
        """,
    };

    @Test
    void rowsAreReadBackAsTheTableHasThem(LocalBroker broker, TestTopics topics, PostgresDatabase database)
            throws Exception {
        database.execute(CREATE);
        database.execute(ROWS);
        String prefix = topics.unusedName("debezium");
        Map<String, String> properties = properties(database, prefix);
        properties.put("transforms", "unwrap");
        properties.put("transforms.unwrap.type", "io.debezium.transforms.ExtractNewRecordState");
        List<List<Object>> table = new ArrayList<>();
        try (Publisher publisher = Debezium.publisher(broker.bootstrapServers(), properties);
                ConnectorHost host = Debezium.host(publisher, OffsetStorage.inMemory(), properties)) {
            Debezium.awaitRecords(host, 3);
            table.addAll(table(database));
            database.execute("update things set price = null where id = 1", "delete from things where id = 2");
            Debezium.awaitRecords(host, 5);
        }
        table.addAll(table(database).stream()
                .filter(row -> Integer.valueOf(1).equals(row.get(0)))
                .toList());

        List<ConsumerRecord<String, GenericRecord>> records = topics.readAll(
                Debezium.topic(prefix, "things"), new StringDeserializer(), AvroDeserializer.generic(schema(prefix)));

        assertThat(records.subList(0, 4))
                .extracting(record -> row(record.value()))
                .isEqualTo(table);
        assertThat(records).hasSize(5);
        assertThat(records.get(4).key()).isEqualTo("{\"id\":2}");
        assertThat(records.get(4).value()).as("a tombstone").isNull();
    }

    @Test
    void changesAreReadBackWithTheRowsBeforeAndAfter(LocalBroker broker, TestTopics topics, PostgresDatabase database)
            throws Exception {
        database.execute(CREATE, "alter table things replica identity full");
        database.execute(ROWS);
        String prefix = topics.unusedName("debezium");
        Map<String, String> properties = properties(database, prefix);
        List<List<Object>> table = table(database);
        Queue<Schema> schemas = new ConcurrentLinkedQueue<>();
        HostListener listener = new HostListener() {
            @Override
            public void published(String connector, SourceRecord record, Receipt receipt) {
                if (record.value() != null) {
                    schemas.add(avroSchema(record));
                }
            }
        };
        try (Publisher publisher = Debezium.publisher(broker.bootstrapServers(), properties);
                ConnectorHost host = Debezium.host(publisher, OffsetStorage.inMemory(), properties, listener)) {
            Debezium.awaitRecords(host, 3);
            database.execute("update things set price = null where id = 1", "delete from things where id = 2");
            Debezium.awaitRecords(host, 6);
        }
        assertThat(Set.copyOf(schemas)).hasSize(1);

        List<GenericRecord> changes = topics
                .readAll(
                        Debezium.topic(prefix, "things"),
                        new StringDeserializer(),
                        AvroDeserializer.generic(schemas.element()))
                .stream()
                .map(ConsumerRecord::value)
                .toList();

        assertThat(changes.subList(0, 5))
                .extracting(change -> change.get("op").toString())
                .containsExactly("r", "r", "r", "u", "d");
        assertThat(changes.subList(0, 3))
                .extracting(change -> row((GenericRecord) change.get("after")))
                .isEqualTo(table);
        assertThat(row((GenericRecord) changes.get(3).get("before"))).isEqualTo(table.get(0));
        assertThat(row((GenericRecord) changes.get(4).get("before"))).isEqualTo(table.get(1));
        assertThat(changes.get(4).get("after")).isNull();
        assertThat(changes.get(5)).as("a tombstone").isNull();
    }

    private static Map<String, String> properties(PostgresDatabase database, String prefix) {
        Map<String, String> properties = Debezium.properties(database, prefix, "things");
        properties.remove("value.converter.schemas.enable");
        properties.putAll(Map.of(
                "value.converter", "io.kurier.plugins.connect.KurierConverter",
                "value.converter.serializer", "avro",
                "schema.name.adjustment.mode", "avro",
                "time.precision.mode", "connect"));
        return properties;
    }

    /** A reader has it from a registry; here the mapping makes it of the record again. */
    private static Schema avroSchema(SourceRecord record) {
        AvroMapping mapping = new AvroMapping();
        Object value = mapping.mapping(new AbstractConfig(mapping.configDef(), Map.of(), false))
                .toFormat(record.valueSchema(), record.value());
        return ((GenericRecord) value).getSchema();
    }

    /** What Avro makes of the columns: a single-object encoding names a schema by its fingerprint, so it is this one. */
    private static Schema schema(String prefix) {
        Schema nullableText = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        Schema nullableInt = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.INT));
        return SchemaBuilder.record(prefix.replace('-', '_') + ".public.things.Value")
                .fields()
                .requiredInt("id")
                .optionalString("name")
                .optionalBytes("price")
                .optionalInt("day")
                .optionalLong("at")
                .optionalString("uid")
                .optionalBytes("data")
                .name("tags")
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.createArray(nullableText)))
                .withDefault(null)
                .name("numbers")
                .type(Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.createArray(nullableInt)))
                .withDefault(null)
                .requiredBoolean("flag")
                .optionalInt("small")
                .optionalLong("big")
                .optionalDouble("ratio")
                .endRecord();
    }

    private static List<Object> row(GenericRecord record) {
        List<Object> row = new ArrayList<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            row.add(
                    value == null
                            ? null
                            : switch (field.name()) {
                                case "price" -> new BigDecimal(new BigInteger(bytes(value)), 2);
                                case "data" -> hex(bytes(value));
                                case "day" -> LocalDate.ofEpochDay((int) value);
                                case "at" ->
                                    LocalDateTime.ofInstant(Instant.ofEpochMilli((long) value), ZoneOffset.UTC);
                                case "tags", "numbers" ->
                                    ((List<?>) value)
                                            .stream()
                                                    .map(each -> each instanceof CharSequence ? each.toString() : each)
                                                    .toList();
                                default -> value instanceof CharSequence ? value.toString() : value;
                            });
        }
        return row;
    }

    private static byte[] bytes(Object value) {
        ByteBuffer buffer = ((ByteBuffer) value).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String hex(byte[] bytes) {
        return "bytes " + HexFormat.of().formatHex(bytes);
    }

    private static List<List<Object>> table(PostgresDatabase database) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : database.query("select * from things order by id")) {
            List<Object> plain = new ArrayList<>();
            for (Object value : row) {
                plain.add(plain(value));
            }
            rows.add(plain);
        }
        return rows;
    }

    private static Object plain(Object value) throws SQLException {
        if (value instanceof Array array) {
            return Arrays.asList((Object[]) array.getArray());
        } else if (value instanceof Date date) {
            return date.toLocalDate();
        } else if (value instanceof Timestamp timestamp) {
            return timestamp.toLocalDateTime();
        } else if (value instanceof byte[] bytes) {
            return hex(bytes);
        } else if (value instanceof UUID uuid) {
            return uuid.toString();
        }
        return value;
    }
}
