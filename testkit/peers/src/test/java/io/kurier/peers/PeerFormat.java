// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import io.kurier.peers.avro.PeerOrder;
import io.kurier.peers.avro.PeerStatus;
import io.kurier.peers.protobuf.Basket;
import io.kurier.serializers.avro.AvroDeserializer;
import io.kurier.serializers.avro.AvroSerializer;
import io.kurier.serializers.json.JsonDeserializer;
import io.kurier.serializers.json.JsonSerializer;
import io.kurier.serializers.protobuf.ProtobufDeserializer;
import io.kurier.serializers.protobuf.ProtobufSerializer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/** A format: how its schema is registered, and a value as an object and as JSON. */
enum PeerFormat {
    AVRO("AVRO", Path.of("src", "test", "avro", "order.avsc"), Path.of("src", "test", "avro", "order.avsc")) {
        @Override
        Object value() {
            return PeerOrder.newBuilder()
                    .setId("o-1")
                    .setCents(4_200)
                    .setStatus(PeerStatus.PAID)
                    .setNote(null)
                    .setAmounts(Map.of("vat", 0.25))
                    .build();
        }

        @Override
        String json() {
            return "{\"id\":\"o-1\",\"cents\":4200,\"status\":\"PAID\",\"note\":null,\"amounts\":{\"vat\":0.25}}";
        }

        @Override
        Serializer<?> serializer() {
            return new AvroSerializer<>();
        }

        @Override
        Deserializer<?> deserializer() {
            return new AvroDeserializer<>(PeerOrder.class);
        }
    },
    JSON("JSON", ColdStart.SCHEMA, ColdStart.SCHEMA) {
        @Override
        Object value() {
            return new Payment("p-1", 4_200, "päckchen");
        }

        @Override
        String json() {
            return "{\"id\":\"p-1\",\"cents\":4200,\"note\":\"päckchen\"}";
        }

        @Override
        Serializer<?> serializer() {
            return new JsonSerializer<>();
        }

        @Override
        Deserializer<?> deserializer() {
            return new JsonDeserializer<>(Payment.class);
        }
    },
    PROTOBUF(
            "PROTOBUF",
            Path.of("src", "test", "protobuf", "shop.proto"),
            Path.of("target", "generated-test-resources", "shop.desc")) {
        @Override
        Object value() {
            return Basket.Line.newBuilder().setSku("s-1").setQuantity(3).build();
        }

        @Override
        String json() {
            return "{\"sku\":\"s-1\",\"quantity\":3}";
        }

        @Override
        Serializer<?> serializer() {
            return new ProtobufSerializer<>();
        }

        @Override
        Deserializer<?> deserializer() {
            return new ProtobufDeserializer<>(Basket.Line.class);
        }
    };

    private final String type;
    private final Path registered;
    private final Path forKurier;

    PeerFormat(String type, Path registered, Path forKurier) {
        this.type = type;
        this.registered = registered;
        this.forKurier = forKurier;
    }

    /** Returns the value as an object of Java. */
    abstract Object value();

    /** Returns the same value as it is in JavaScript. */
    abstract String json();

    abstract Serializer<?> serializer();

    abstract Deserializer<?> deserializer();

    /** Returns the name that Kurier has for it. */
    String format() {
        return type.toLowerCase(Locale.ROOT);
    }

    /** Returns the type's name in the registry. */
    String type() {
        return type;
    }

    /** Returns the file whose text is registered. */
    Path registered() {
        return registered;
    }

    /** Returns the file for Kurier's folder. */
    Path forKurier() {
        return forKurier;
    }
}
