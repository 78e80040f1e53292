// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Avro schemas between the form of a registry, with names, and that of Avro's library, with definitions. */
class AvroReferencesTest {
    private static final String CUSTOMER =
            "{\"type\":\"record\",\"name\":\"Customer\",\"namespace\":\"com.example\",\"fields\":[{\"name\":\"at\",\"type\":\"Place\"}]}";
    private static final String PLACE = "{\"type\":\"fixed\",\"name\":\"com.example.Place\",\"size\":4}";
    private static final String BARE = "{\"type\":\"enum\",\"name\":\"Size\",\"symbols\":[\"S\",\"L\"]}";

    @Test
    void definitionsStandWhereANameIsFirst() {
        String registered = "{\"type\":\"record\",\"name\":\"Order\",\"namespace\":\"org.other\",\"fields\":["
                + "{\"name\":\"by\",\"type\":\"com.example.Customer\"},"
                + "{\"name\":\"to\",\"type\":[\"null\",\"com.example.Customer\"]},"
                + "{\"name\":\"via\",\"type\":{\"type\":\"array\",\"items\":\"com.example.Place\"}},"
                + "{\"name\":\"sizes\",\"type\":{\"type\":\"map\",\"values\":[\"null\",\"string\"]}}]}";

        Schema whole = new Schema.Parser()
                .parse(AvroReferences.withDefinitions(
                        registered, Map.of("com.example.Customer", CUSTOMER, "com.example.Place", PLACE)));

        assertThat(whole.getField("by").schema().getField("at").schema().getFixedSize())
                .isEqualTo(4);
        assertThat(whole.getField("via").schema().getElementType().getFullName())
                .isEqualTo("com.example.Place");
        assertThat(AvroReferences.withoutDefinitions(
                        whole.toString(), Set.of("com.example.Customer", "com.example.Place")))
                .isEqualTo(registered);
    }

    @Test
    void aTypeWithoutANamespaceKeepsNone() {
        Schema whole = new Schema.Parser()
                .parse(AvroReferences.withDefinitions(
                        "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"size\",\"type\":\"Size\"}]}",
                        Map.of("Size", BARE)));

        assertThat(whole.getField("size").schema().getFullName()).isEqualTo("Size");
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThatThrownBy(() -> AvroReferences.withDefinitions("{", Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
