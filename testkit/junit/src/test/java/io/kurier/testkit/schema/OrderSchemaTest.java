// SPDX-License-Identifier: Apache-2.0
package io.kurier.testkit.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example of the module's README. */
class OrderSchemaTest {

    // region order-schema
    @Test
    void ordersOfBothSchemasCanBeReadByAllConsumers() throws IOException {
        Path schemas = Path.of("src/test/resources/schemas");
        SchemaCompatibility.avro(Files.readString(schemas.resolve("order-v1.avsc")))
                .full(Files.readString(schemas.resolve("order.avsc")));
    }
    // endregion

    @Test
    void theReadmeHasIt() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/kurier/testkit/schema/OrderSchemaTest.java"));
        String region = source.substring(source.indexOf("// region order-schema\n"), source.indexOf("    // endregion"))
                .replace("// region order-schema\n", "")
                .replaceAll("(?m)^ {4}", "");
        assertThat(region).startsWith("@Test\n");
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + region + "```\n");
    }
}
