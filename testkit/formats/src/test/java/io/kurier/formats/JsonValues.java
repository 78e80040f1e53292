// SPDX-License-Identifier: Apache-2.0
package io.kurier.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import io.kurier.TypeRef;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.json.JsonSerializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON as classes of many types, as trees and as maps, mapped by Jackson 2 or 3. */
final class JsonValues {
    static final List<byte[]> LEVELS = Stream.of(
                    "[",
                    "{\"a\":",
                    "{\"next\":",
                    "{\"parts\":[",
                    "[[{\"\":[",
                    "{\"shape\":{\"kind\":\"circle\",\"inner\":")
            .map(text -> text.getBytes(US_ASCII))
            .toList();

    private static final Shipment SINGLE = shipment(List.of(), null, 1.5);
    private static final Shipment NESTED =
            shipment(List.of(SINGLE, SINGLE), SINGLE, Map.of("a", List.of(1, "two", false)));

    private JsonValues() {}

    record Shipment(
            UUID id,
            int count,
            double weight,
            BigDecimal total,
            BigInteger number,
            Instant sent,
            OffsetDateTime local,
            LocalDate due,
            Duration took,
            Optional<String> note,
            byte[] image,
            Kind kind,
            Map<String, Long> stock,
            List<Shipment> parts,
            @Nullable Shipment next,
            @Nullable Object any,
            Shape shape) {}

    enum Kind {
        PARCEL,
        LETTER
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Circle.class, name = "circle"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    interface Shape {}

    record Circle(double radius, @Nullable Shape inner) implements Shape {}

    record Square(double side) implements Shape {}

    static Reading fill(Reading reading) {
        return reading.with(
                        new JsonDeserializer<>(Shipment.class),
                        new JsonDeserializer<>(JsonNode.class),
                        new JsonDeserializer<>(Object.class),
                        new JsonDeserializer<>(new TypeRef<Map<Kind, List<Optional<Integer>>>>() {}))
                .with(new JsonSerializer<Object>(), SINGLE, NESTED, Map.of(Kind.LETTER, List.of(1, 2)));
    }

    static Reading fillByJackson3(Reading reading) {
        return reading.with(
                        new io.kurier.serializers.json3.JsonDeserializer<>(Shipment.class),
                        new io.kurier.serializers.json3.JsonDeserializer<>(tools.jackson.databind.JsonNode.class),
                        new io.kurier.serializers.json3.JsonDeserializer<>(Object.class),
                        new io.kurier.serializers.json3.JsonDeserializer<>(
                                new TypeRef<Map<Kind, List<Optional<Integer>>>>() {}))
                .with(
                        new io.kurier.serializers.json3.JsonSerializer<Object>(),
                        SINGLE,
                        NESTED,
                        Map.of(Kind.LETTER, List.of(1, 2)));
    }

    private static Shipment shipment(List<Shipment> parts, @Nullable Shipment next, @Nullable Object any) {
        return new Shipment(
                UUID.fromString("00000000-0000-0000-0000-00000000002a"),
                3,
                0.1,
                new BigDecimal("12345678901234567890.120"),
                BigInteger.TEN.pow(30),
                Instant.parse("2026-11-22T10:15:30.123456789Z"),
                OffsetDateTime.parse("2026-11-22T10:15:30+05:30"),
                LocalDate.parse("2026-12-24"),
                Duration.ofMillis(1_500),
                Optional.of("ring \"twice\" 🦉"),
                new byte[] {1, 2, 3},
                Kind.PARCEL,
                Map.of("a", Long.MAX_VALUE),
                parts,
                next,
                any,
                new Circle(1, new Square(2)));
    }
}
