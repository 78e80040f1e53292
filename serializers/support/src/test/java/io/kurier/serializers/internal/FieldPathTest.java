// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {
    private static final List<String> KNOWN = List.of("customer_id", "id", "name");

    private static String missing(String path, int level) {
        return FieldPath.of(path).missing(level, "the record R", KNOWN).reason();
    }

    @Test
    void hasTheNamesBetweenTheDots() {
        FieldPath path = FieldPath.of("customer.home address.id");
        assertThat(path.length()).isEqualTo(3);
        assertThat(path.name(1)).isEqualTo("home address");
        assertThat(path).hasToString("customer.home address.id");
    }

    @ParameterizedTest
    @CsvSource({
        "customerId, customer_id",
        "CUSTOMER_ID, customer_id",
        "custmer_idd, customer_id",
        "ids, id",
        "naem, name"
    })
    void suggestsTheNearestName(String typed, String near) {
        assertThat(missing(typed, 0)).isEqualTo("the record R has no field " + typed + ". Did you mean " + near + "?");
    }

    @Test
    void suggestsTheWholePath() {
        assertThat(missing("order.ids.x", 1)).endsWith("has no field ids. Did you mean order.id.x?");
    }

    @Test
    void namesAllFieldsIfNoneIsNear() {
        assertThat(missing("street", 0)).isEqualTo("the record R has no field street. It has customer_id, id, name");
        assertThat(FieldPath.of("a").missing(0, "the record R", List.of()).reason())
                .isEqualTo("the record R has no field a");
    }

    @Test
    void theErrorOfATopicAndOfARecordHaveTheSameReason() {
        FieldProblem problem = FieldPath.of("tags").otherKind("a list");
        assertThat(problem.atStart())
                .isInstanceOf(ConfigException.class)
                .hasMessage("the field tags cannot be read: it is a list, and only text, whole numbers, booleans, bytes"
                        + " and enums can be read");
        assertThat(problem.ofRecord())
                .isInstanceOf(SerializationException.class)
                .hasMessage("cannot read the field tags of the value: it is a list, and only text, whole numbers,"
                        + " booleans, bytes and enums can be read");
    }

    @Test
    void refusesAnEmptyName() {
        assertThatThrownBy(() -> FieldPath.of("a. .b"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("the path \"a. .b\" names no field: write the name of a field");
    }
}
