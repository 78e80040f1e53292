// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    @ParameterizedTest
    @CsvSource({
        "notes.txt, TEXT",
        "access.log, TEXT",
        "DELIVERIES.CSV, TEXT",
        "stores.json, JSON",
        "orders.jsonl, JSON",
        "orders.ndjson, JSON",
        "a.json.txt, TEXT",
        ".log, TEXT",
        "readings.AVRO, AVRO",
        "payments.pb, PROTOBUF",
        "README.md, MEDIA",
        "json, MEDIA",
        "access.log.gz, MEDIA",
        "trailing., MEDIA",
        "'log ', MEDIA"
    })
    void takesTheLastExtensionInAnyCase(String name, Format format) {
        assertThat(Format.of(Path.of("folder", name))).contains(format);
    }

    @Test
    void leavesADescriptorSetToTheMessagesBesideIt() {
        assertThat(Format.of(Path.of("payments.desc"))).isEmpty();
    }
}
