// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import com.google.protobuf.Descriptors.Descriptor;
import io.kurier.spi.PayloadSchema;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;

/** The schemas of the tests, as the formats pass them to a framing. */
final class Schemas {
    /** As a person writes it: other white space and another order than Avro's. */
    static final String ORDER_FILE = """
            {
              "namespace": "com.example", "type": "record", "name": "Order",
              "doc": "An order, café",
              "fields": [
                {"name": "id", "type": {"type": "string"}},
                {"name": "cents", "type": "long", "order": "ascending", "default": 0}
              ]
            }
            """;

    static final Schema ORDER = new Schema.Parser().parse(ORDER_FILE);

    static final String READING_FILE =
            "{\"type\":\"record\",\"name\":\"com.example.Reading\",\"fields\":[{\"name\":\"celsius\",\"type\":\"int\"}]}";

    static final String JSON_ORDER = "{\"title\": \"Order\", \"type\": \"object\",\n"
            + " \"properties\": {\"id\": {\"type\": \"string\"}, \"cents\": {\"type\": \"integer\", \"minimum\": 0.0}}}";

    private Schemas() {}

    static PayloadSchema avro(Schema schema) {
        return PayloadSchema.of("avro", schema.getFullName(), schema.toString());
    }

    static PayloadSchema json(String text) {
        return PayloadSchema.of("json", "Order", text);
    }

    static PayloadSchema protobuf(Descriptor message) {
        return protobuf(
                message.getFullName(),
                Base64.getEncoder().encodeToString(message.getFile().toProto().toByteArray()));
    }

    static PayloadSchema protobuf(String name, String text) {
        return new PayloadSchema() {
            @Override
            public String format() {
                return "protobuf";
            }

            @Override
            public String fullName() {
                return name;
            }

            @Override
            public String text() {
                return text;
            }

            @Override
            public List<Integer> messageIndexes() {
                throw new AssertionError("the registered file has the messages");
            }
        };
    }
}
